import pytest

from badges.openbadges import LintError, achievement_credential, lint

from .samples import FULL, SHAPES, signer


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_we_build_passes(shape):
    lint(achievement_credential(SHAPES[shape]))


def faulty(change):
    document = achievement_credential(FULL)
    change(document, document["credentialSubject"]["achievement"])
    return document


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            lambda d, a: a.update(grade="A"),
            "document.credentialSubject.achievement.grade: no context defines this term.",
        ),
        (lambda d, a: d.update(achievementType="Badge"), "document.achievementType: no context defines this term."),
        (lambda d, a: a.update(name={"en": "x", "lt": "y"}), "achievement.name.en: no context defines this term."),
        (lambda d, a: a.update({"@id": "x"}), "achievement.@id: no context defines this term."),
        (lambda d, a: a.update(id="badges/1"), "achievement.id: 'badges/1' is not an absolute address."),
        (lambda d, a: a.update(id="https://a b"), "achievement.id: 'https://a b' is not an absolute address."),
        (lambda d, a: a.update(id="_:b0"), "achievement.id: '_:b0' is not an absolute address."),
        (lambda d, a: a.update(image="logo.png"), "achievement.image: 'logo.png' is not an absolute address."),
        (lambda d, a: a.update(type=["Achievment"]), "the type 'Achievment' is defined by no context."),
        (lambda d, a: d.update(validFrom="2026-01-02"), "document.validFrom: '2026-01-02' is not a date and time"),
        (lambda d, a: d.update(awardedDate="today"), "document.awardedDate: 'today' is not a date and time"),
        (lambda d, a: a.update(description=""), "achievement.description: is empty and must be left out."),
        (lambda d, a: a.update(tag=[]), "achievement.tag: is empty and must be left out."),
        (lambda d, a: a.update(tag=None), "achievement.tag: is empty and must be left out."),
        (lambda d, a: a.update(tag=[["x"]]), "achievement.tag: a list inside a list is not allowed."),
        (lambda d, a: a.update(name="a\x07"), "achievement.name: holds a control character."),
        (lambda d, a: a.update(humanCode=2**53), "achievement.humanCode: the number is too large"),
        (lambda d, a: d.update(evidence=[{"type": "Evidence"}] * 7), "more than 6 parts without an id look alike."),
    ],
)
def test_fault_is_named_and_not_signed(change, fault):
    with pytest.raises(LintError) as refused:
        signer().sign(faulty(change))

    assert any(fault in sentence for sentence in refused.value.faults)


def test_all_faults_are_told_at_once():
    with pytest.raises(LintError) as refused:
        lint(faulty(lambda d, a: a.update(grade="A", description="")))

    assert len(refused.value.faults) == 2
