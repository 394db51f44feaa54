"""The one way a view takes a step of a workflow."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from accounts import workflow
from accounts.forms import MoveForm


def take(request, obj, name, **fields):
    """Perform the named step with the posted comment; tell the person how it went; back to the object's page.

    An unknown name is refused like a forbidden one. Refusals come back as a message in the person's language.
    """
    form = MoveForm(request.POST)
    if name not in obj.MOVES:
        raise PermissionDenied
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["comment"]))
    else:
        try:
            workflow.perform(obj, name, request.user, form.cleaned_data["comment"], **fields)
            messages.success(request, str(obj.MOVES[name].done).capitalize())
        except workflow.Refused as refusal:
            messages.error(request, str(refusal))
    return redirect(obj.get_absolute_url())
