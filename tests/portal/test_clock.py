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
