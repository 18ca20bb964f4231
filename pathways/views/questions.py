"""Questions to organisers: asked on a page, answered in the workspace, read among one's own."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Locale

from organisers.models import Organiser
from organisers.permissions import may_answer_questions
from organisers.views import organiser_seen
from pathways.actions import answer_question, ask_question, delete_question, publish_question, take_question_off
from pathways.forms import AnswerForm, PublishForm, QuestionForm
from pathways.models import ActivityPage, PageRole, PlaylistPage, Question, places_of
from pathways.permissions import may_answer_question, may_delete_question, may_learn
from pathways.views.pages import show_activity, show_playlist, spoken
from portal.access import requires
from portal.workflow import StepRefused


def open_page(user, page_pk: int) -> PlaylistPage | ActivityPage:
    """Fetch a published playlist or activity; 404 where there is none."""
    for kind in (PlaylistPage, ActivityPage):
        if page := kind.objects.open_for_learning().with_facts().filter(pk=page_pk).first():
            return spoken(page)
    raise Http404


def may_ask(page, user) -> bool:
    """Everybody who has signed in may ask about what is open for learning."""
    return may_learn(user)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_ask, of=open_page)
def ask(request, page):
    """Ask the organiser of a page; what was typed is shown again when it is refused."""
    if request.method != "POST":
        return redirect(page.url)
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            ask_question(page, by=request.user, text=form.cleaned_data["question"])
        except StepRefused as refused:
            form.add_error("question", [str(reason) for reason in refused.reasons])
    if form.errors:
        show = show_playlist if isinstance(page, PlaylistPage) else show_activity
        return show(request, page, question=form, status=422)
    messages.success(request, _("Your question is with the organiser. You get a message when it is answered."))
    return redirect("pathways:questions")


@require_safe
@requires(may_learn)
def own_questions(request):
    """List what a person asked, with the answers."""
    questions = Question.objects.by(request.user).with_words()
    page = Paginator(questions, 30).get_page(request.GET.get("page"))
    page.object_list = page.object_list.with_pages(Locale.get_active())
    return render(request, "pathways/questions.html", {"page": page})


def own_question(user, key: UUID) -> Question:
    """Fetch a question of one's own; 404 for everybody else."""
    return get_object_or_404(Question.objects.by(user), key=key)


@require_POST
@requires(may_delete_question, of=own_question)
def delete(request, question):
    """Delete a question that nobody answered."""
    delete_question(question, by=request.user)
    messages.success(request, _("Your question is deleted."))
    return redirect("pathways:questions")


def organiser_asked(user, slug: str) -> Organiser:
    """Fetch an organiser for its members and for those who write single pages of it; 404 for everybody else."""
    keys = {organiser for organiser, _key in places_of(user, PageRole.Role.AUTHOR)}
    lent = Organiser.objects.with_words().with_parents().filter(pk__in=keys, slug=slug).first()
    return lent or organiser_seen(user, slug)


def may_answer_some(organiser, user) -> bool:
    """Those who answer for an organiser see what it is asked, authors of single pages what is asked about these."""
    keys = {owner for owner, _key in places_of(user, PageRole.Role.AUTHOR)}
    return may_answer_questions(organiser, user) or organiser.pk in keys


@require_safe
@requires(may_answer_some, of=organiser_asked)
def question_list(request, organiser):
    """List what waits for an answer, the oldest first, or what was answered."""
    answered = request.GET.get("show") == "answered"
    questions = Question.objects.at(organiser).with_words()
    if not may_answer_questions(organiser, request.user):
        questions = questions.lent_to(request.user)
    page = Paginator(questions.answered() if answered else questions.open(), 30).get_page(request.GET.get("page"))
    page.object_list = page.object_list.with_pages(Locale.get_active())
    facts = {
        "organiser": organiser,
        "page": page,
        "answered": answered,
        "open_count": questions.open().count(),
        "page_author": not may_answer_questions(organiser, request.user),
    }
    return render(request, "pathways/question_list.html", facts)


def question_seen(user, slug: str, key: UUID) -> Question:
    """Fetch what an organiser was asked, for its members and those who write the page; 404 for everybody else."""
    questions = Question.objects.filter(organiser__slug=slug).with_words()
    if lent := questions.lent_to(user).filter(key=key).first():
        return lent
    return get_object_or_404(questions.at(organiser_seen(user, slug)), key=key)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_answer_question, of=question_seen)
def question_detail(request, question):
    """Show a question with the form for what comes next: the answer, then the words in which both are published."""
    form = None
    if question.is_open:
        form = AnswerForm(request.POST or None, question=question)
    elif question.is_answered:
        form = PublishForm(request.POST or None, question=question)
    if form is not None and request.method == "POST" and form.is_valid():
        if question.is_open:
            answer_question(question, by=request.user, **form.cleaned_data)
            messages.success(request, _("Your answer is sent."))
        else:
            publish_question(question, by=request.user, **form.cleaned_data)
            messages.success(request, _("Question and answer are on the page now."))
        return redirect(question.workspace_url)
    question.page = Question.objects.filter(pk=question.pk).with_pages(Locale.get_active())[0].page
    facts = {"organiser": question.organiser, "question": question, "form": form}
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "pathways/question_detail.html", facts, status=status)


@require_POST
@requires(may_answer_question, of=question_seen)
def take_off(request, question):
    """Take a question off the page."""
    take_question_off(question, by=request.user)
    messages.success(request, _("Question and answer are not on the page any more."))
    return redirect("pathways:question-list", question.organiser.slug)
