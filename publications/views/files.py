"""Photos and documents of a publication."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.roles import EVERYONE, Role, roles_allowed
from accounts.workflow import Refused
from publications import actions, files
from publications.forms.files import AttachmentForm, CaptionForm
from publications.models import Attachment
from publications.views.materials import editable


def people_for(user):
    """Who may be marked in a photo: the curator knows everybody."""
    people = User.objects.filter(school=user.school, is_active=True)
    return people if user.is_curator else people.none()


@roles_allowed(Role.MENTOR, Role.CURATOR)
def attachment_create(request, pk):
    publication = editable(request, pk)
    form = AttachmentForm(
        request.POST or None, request.FILES or None, instance=Attachment(publication=publication),
        people=people_for(request.user),
    )  # fmt: skip
    if form.is_valid():
        try:
            actions.attach(form=form, by=request.user)
            messages.success(request, _("The file is added."))
            return redirect(publication)
        except Refused as refusal:
            form.add_error("upload", str(refusal))
    return render(request, "publications/attachment_create.html", {"form": form, "publication": publication})


@roles_allowed(Role.MENTOR, Role.CURATOR)
def attachment_edit(request, pk):
    attachment = kept(request, pk)
    form = CaptionForm(request.POST or None, instance=attachment, people=people_for(request.user))
    if form.is_valid() and actions.describe(form=form, by=request.user):
        messages.success(request, _("Saved."))
        return redirect(attachment)
    context = {"form": form, "attachment": attachment, "publication": attachment.publication}
    return render(request, "publications/attachment_edit.html", context)


def kept(request, pk):
    """An attachment of a publication that this person may change now."""
    rows = Attachment.objects.visible_to(request.user).select_related("file", "publication")
    attachment = get_object_or_404(rows, pk=pk)
    attachment.publication = editable(request, attachment.publication_id)
    return attachment


@roles_allowed(Role.MENTOR, Role.CURATOR)
@require_POST
def attachment_remove(request, pk):
    attachment = kept(request, pk)
    try:
        actions.remove(attachment=attachment, by=request.user)
        messages.success(request, _("The file is removed; it stays in the history."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(attachment)


@roles_allowed(*EVERYONE, Role.SITE)
def attachment_file(request, pk):
    rows = Attachment.objects.visible_to(request.user).select_related("file")
    return files.send(get_object_or_404(rows, pk=pk))
