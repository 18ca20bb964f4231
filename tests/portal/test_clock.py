"""The one clock."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from portal import clock


def test_clock_stands_still_where_it_was_moved_to():
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)

    with clock.moved_to(moment):
        assert clock.now() == moment


def test_clock_runs_on_when_shifted_by_a_distance():
    with clock.moved_to(timedelta(days=90)):
        first = clock.now()
        second = clock.now()

    assert first - timezone.now() > timedelta(days=89)
    assert second >= first


def test_clock_comes_back_after_an_error():
    before = clock.now()

    try:
        with clock.moved_to(datetime(2001, 1, 1, tzinfo=UTC)):
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass

    assert clock.now() >= before


def test_today_is_the_date_of_the_network_whatever_zone_the_reader_is_in():
    with clock.moved_to(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)), timezone.override("America/Lima"):
        assert clock.today() == date(2026, 7, 1)  # half past one at night in Vilnius


def test_a_day_begins_where_the_network_is_whatever_zone_the_reader_is_in():
    with timezone.override("America/Lima"):
        winter, summer = (clock.beginning_of(date(2026, 3, day)) for day in (29, 30))

    assert (winter, summer) == (datetime(2026, 3, 28, 22, tzinfo=UTC), datetime(2026, 3, 29, 21, tzinfo=UTC))


def test_months_are_whole_once_their_day_has_come():
    today = date(2026, 11, 22)

    assert [clock.whole_months(date(2026, 5, day), today) for day in (22, 23)] == [6, 5]
    assert [clock.whole_months(first, today) for first in (date(2025, 11, 22), today)] == [12, 0]
    assert clock.whole_months(date(2025, 8, 31), date(2026, 2, 28)) == 6
