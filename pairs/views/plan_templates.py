"""Starting texts for plans, kept by the curator."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.roles import Role, roles_allowed
from pairs.forms.plans import TemplateForm, TemplateLineSet
from pairs.models import PlanTemplate
from pairs.plan_actions import save_template


@roles_allowed(Role.CURATOR)
def plan_template_list(request):
    templates = PlanTemplate.objects.visible_to(request.user).prefetch_related("items").order_by("archived", "name")
    return render(request, "pairs/plan_template_list.html", {"templates": templates})


@roles_allowed(Role.CURATOR)
def plan_template_create(request):
    return template_page(request, PlanTemplate(school=request.user.school), "pairs/plan_template_create.html")


@roles_allowed(Role.CURATOR)
def plan_template_edit(request, pk):
    template = get_object_or_404(PlanTemplate.objects.visible_to(request.user), pk=pk)
    return template_page(request, template, "pairs/plan_template_edit.html")


def template_page(request, template, page):
    form = TemplateForm(request.POST or None, instance=template)
    lines = TemplateLineSet(request.POST or None, instance=template)
    if (
        request.method == "POST"
        and form.is_valid()
        and lines.is_valid()
        and save_template(form=form, lines=lines, by=request.user)
    ):
        messages.success(request, _("Saved."))
        return redirect("plan_template_list")
    return render(request, page, {"template": template, "form": form, "lines": lines})
