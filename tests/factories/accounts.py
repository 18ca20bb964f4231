"""People for tests."""

import factory
from allauth.account.models import EmailAddress

from portal.accounts.actions import set_network_roles
from portal.accounts.models import Person, TermsAcceptance

PASSWORD = "walk the long way"


class PersonFactory(factory.django.DjangoModelFactory):
    """A person of age with one proved address, who agreed to the first terms.

    `proved=False` leaves the address open, `roles=` gives network roles, `accepted=False` leaves the terms to be asked.
    """

    class Meta:
        model = Person
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    country = "LT"
    is_of_age = True
    must_accept_terms = False

    @classmethod
    def _create(cls, model_class, *args, **facts):
        return model_class.objects.create_user(password=PASSWORD, **facts)

    @factory.post_generation
    def proved(self, create, value, **kwargs):
        EmailAddress.objects.create(user=self, email=self.email, primary=True, verified=value is not False)

    @factory.post_generation
    def accepted(self, create, value, **kwargs):
        if value is not False:
            TermsAcceptance.objects.create(person=self, version_id=1, how="sign_up")

    @factory.post_generation
    def roles(self, create, value, **kwargs):
        set_network_roles(self, value or [], by=None)
