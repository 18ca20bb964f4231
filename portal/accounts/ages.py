"""From which age people agree to an online service themselves, by country: GDPR Art. 8 and the laws beside it.

As of November 2026. Sources: the mapping of national laws by Milkaitė and Lievens (Ghent University, for Better
Internet for Kids), the GDPR tracker of Bird & Bird, and the laws named below. Looked up there, or in the law itself:
AT (DSG § 4 (4)), BE, CY (law 125(I)/2018 s. 8), CZ (§ 7 of 110/2019), ES, FI, FR, GB, GR, IE, IT, NL, SE, SK. Taken
from the general literature and not looked up again: BG, DK (13 until a bill of 2023 raised it to 15 from January 2024),
EE, HR, HU, IS, LT, LU, LV, MT, NO, PL, PT, RO, RS, SI. CH and LI have no lower age in law. Several countries talk about
other ages: an operator sets what holds for them in CONSENT_AGES, such as DK:13,NO:15.
"""

from django.conf import settings

AGES = {
    **dict.fromkeys(["BE", "EE", "FI", "GB", "IS", "LV", "MT", "NO", "PT", "SE"], 13),
    **dict.fromkeys(["AT", "BG", "CY", "ES", "IT", "LT"], 14),
    **dict.fromkeys(["CZ", "DK", "FR", "GR", "RS", "SI"], 15),
}
ELSEWHERE = 16  # where no law names a lower one, GDPR Art. 8 (1)


def consent_ages() -> dict[str, int]:
    """Return the ages that are not the one of elsewhere, by country."""
    return AGES | settings.CONSENT_AGES


def consent_age(country) -> int:
    """Return the age from which people in a country agree themselves."""
    return consent_ages().get(str(country), ELSEWHERE)
