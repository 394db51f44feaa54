"""The school's questionnaires."""

from django.shortcuts import get_object_or_404, render

from accounts.roles import STAFF, roles_allowed
from surveys.models import Questionnaire


@roles_allowed(*STAFF)
def questionnaire_detail(request, pk):
    form = get_object_or_404(Questionnaire.objects.visible_to(request.user), pk=pk)
    questions = form.questions.select_related("competence")
    return render(request, "surveys/questionnaire_detail.html", {"object": form, "questions": questions})
