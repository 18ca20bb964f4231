"""Who may do what with badges."""

from organisers.permissions import has_no_part_in, may_manage, may_see_verifications


def may_see_badge(badge_class, user) -> bool:
    """Members of the organiser see its badges, drafts included."""
    return badge_class.organiser.is_held_by(user, "owner", "issuer", "author", "reviewer")


def may_see_batch(batch, user) -> bool:
    """Those who issue see what was awarded, with the addresses of its recipients."""
    return may_edit_badge(batch.badge_class, user)


def may_edit_badge(badge_class, user) -> bool:
    """Owners and issuers of the organiser make and change its badges."""
    return badge_class.organiser.is_held_by(user, "owner", "issuer")


def may_award(badge_class, user) -> bool:
    """Owners and issuers of the organiser award its badges while it may operate."""
    return badge_class.organiser.may_operate and badge_class.organiser.is_held_by(user, "owner", "issuer")


def may_change_list(batch, user) -> bool:
    """Owners and issuers of the organiser mend a list before it is awarded."""
    return may_edit_badge(batch.badge_class, user)


def may_mend_row(row, user) -> bool:
    """Who may change a list may change each of its rows."""
    return may_change_list(row.batch, user)


def may_award_list(batch, user) -> bool:
    """Those who may award the badge may award it to a list."""
    return may_award(batch.badge_class, user)


def may_undo_batch(batch, user) -> bool:
    """Owners and issuers of the organiser undo a held award, also while they may not award."""
    return may_edit_badge(batch.badge_class, user)


def may_release_batch(batch, user) -> bool:
    """Those who may award may send a held award now; the clock releases it."""
    return user is None or may_award(batch.badge_class, user)


def may_go_on(batch) -> bool:
    """What was awarded by hand is carried out while who awarded it may award; what a learner earned outlasts people.

    Asked anew for each chunk and before the batch is let out. What was earned waits while the organiser is suspended.
    """
    if batch.is_earned:
        return batch.badge_class.organiser.may_operate
    awarder = batch.awarded_by
    return awarder is not None and awarder.is_active and may_award(batch.badge_class, awarder)


def may_hold(assertion, user) -> bool:
    """A badge is its collector's; until it is collected, it may be by the person who proved its address."""
    return user is not None and user.is_authenticated and assertion.is_of(user)


def may_take_back(assertion, user) -> bool:
    """Those who may award a badge may revoke it; what the network itself issued, its admins may as well."""
    badge_class = assertion.badge_class
    is_networks = badge_class.organiser.is_network and user is not None and user.is_authenticated
    return may_edit_badge(badge_class, user) or (is_networks and user.has_network_role("network_admin"))


def may_correct(assertion, user) -> bool:
    """Those who may award a badge now may replace one that has a mistake."""
    return may_award(assertion.badge_class, user) and not assertion.is_erased


def may_supplement(batch, user) -> bool:
    """Those who may award a badge now may add documents to what was awarded."""
    return may_award(batch.badge_class, user)


def may_see_issued(assertion, user) -> bool:
    """Those who issue see each badge with its address and what happened to it."""
    return may_edit_badge(assertion.badge_class, user)


def may_answer(request, user) -> bool:
    """Those who may correct a badge answer who asks for that."""
    return may_correct(request.assertion, user)


def may_see_address_request(request, user) -> bool:
    """Who asked for badges at a new address sees how it stands; those who issue for the organiser see it as well."""
    return request.person_id == user.pk or request.organiser.is_held_by(user, "owner", "issuer")


def may_answer_address(request, user) -> bool:
    """Those who may award for the organiser say whether its badges go to a new address; nobody answers themselves."""
    organiser = request.organiser
    if organiser is None or request.person_id == user.pk:
        return False
    return organiser.may_operate and organiser.is_held_by(user, "owner", "issuer")


def stands_for(thing, user) -> bool:
    """Owners and issuers speak for what their organiser has; a badge that somebody holds is its holder's as well."""
    held = thing.assertion is not None and may_hold(thing.assertion, user)
    return held or thing.organiser.is_held_by(user, "owner", "issuer")


def may_offer(thing, user) -> bool:
    """Owners of organisers endorse what is not their own."""
    return user.is_authenticated and not stands_for(thing, user)


def may_agree_to(endorsement, user) -> bool:
    """The holder of a badge says whether it is endorsed; of all else owners and issuers of the endorsed organiser."""
    if endorsement.assertion is not None:
        return may_hold(endorsement.assertion, user)
    return endorsement.organiser.is_held_by(user, "owner", "issuer")


def may_endorse(endorsement, user) -> bool:
    """Owners endorse in the name of their organiser, but nothing that they speak for themselves."""
    return may_speak_for(endorsement, user) and not stands_for(endorsement, user)


def may_speak_for(endorsement, user) -> bool:
    """Owners decline, take back and withdraw what their organiser is asked for, offered or gave."""
    return endorsement.endorser.is_held_by(user, "owner")


def may_cancel_request(endorsement, user) -> bool:
    """Those for whom an endorsement was asked need it no more."""
    return stands_for(endorsement, user)


def may_keep_groups(organiser, user) -> bool:
    """Owners and issuers of an organiser keep groups of recipients."""
    return organiser.is_held_by(user, "owner", "issuer")


def may_keep_this_group(group, user) -> bool:
    """Who keeps an organiser's groups keeps each of them."""
    return may_keep_groups(group.organiser, user)


def may_keep(thing, user) -> bool:
    """Everybody keeps the collections and the shares that they made, and nobody those of others."""
    return user is not None and thing.person_id == user.pk


def may_show_collections(person) -> bool:
    """Badges of people under age have no public page, and so their collections have none."""
    return person.is_of_age


def may_keep_keys(user) -> bool:
    """Say whether a person replaces the keys of issuers."""
    return user.is_authenticated and user.has_network_role("network_admin")


def may_keep_known_issuers(user) -> bool:
    """Say whether a person says whom the network knows among issuers elsewhere."""
    return user.is_authenticated and (user.has_network_role("network_admin") or user.has_network_role("coordinator"))


def may_manage_move_in(move_in, user) -> bool:
    """Owners bring what their organiser issued elsewhere, hand it in and take it out."""
    return user is not None and may_manage(move_in.organiser, user)


def may_oversee_move_ins(user) -> bool:
    """Coordinators and network admins see what waits to be checked."""
    return may_see_verifications(user)


def may_check_move_in(move_in, user) -> bool:
    """Coordinators and network admins check what organisers that are not theirs issued elsewhere."""
    return user is not None and may_oversee_move_ins(user) and has_no_part_in(move_in.organiser, user)


def may_see_move_in(move_in, user) -> bool:
    """Owners follow what they brought, and those who check it once it is handed in."""
    return may_manage_move_in(move_in, user) or (not move_in.is_read and may_check_move_in(move_in, user))


def may_moderate(user) -> bool:
    """Network admins read what recipients report."""
    return user is not None and user.is_authenticated and user.has_network_role("network_admin")


def may_see_codes(series, user) -> bool:
    """Those who issue see its codes and who used them, and may close them at any time."""
    return may_edit_badge(series.badge_class, user)


def may_offer_codes(series, user) -> bool:
    """Those who may award print and show codes, while the network knows who the organiser is."""
    return may_award(series.badge_class, user) and series.badge_class.organiser.is_verified


def may_answer_code(use, user) -> bool:
    """Those who may award the badge say who gets it."""
    return may_award(use.series.badge_class, user)


def may_prove(use, user) -> bool:
    """A use is proved by the mailed link, whoever holds it, or by a person who proved that address before."""
    return user is None or (user.is_authenticated and use.email in user.verified_addresses())


def may_publish(assertion, user) -> bool:
    """Holders publish their badges; those of people under age have no public page."""
    return may_hold(assertion, user) and user.is_of_age


def may_withhold(assertion, user) -> bool:
    """Coordinators and network admins take the page of a badge off; never of their own, nor of their organisers'."""
    is_other = user is not None and assertion.person_id != user.pk
    return is_other and may_see_verifications(user) and has_no_part_in(assertion.badge_class.organiser, user)


def may_see_name(assertion, user) -> bool:
    """The holder's name is shown to themselves and to the organiser; to everybody else once the holder says so."""
    is_shown = assertion.is_published and assertion.shows_name
    return is_shown or may_hold(assertion, user) or may_see_badge(assertion.badge_class, user)
