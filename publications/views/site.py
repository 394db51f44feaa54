"""«Рубрика на сайте»: what strangers read, what waits for the official site, what must be taken down there."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import journal
from accounts.clock import today
from accounts.roles import STAFF, Role, roles_allowed
from accounts.text import number_in
from accounts.workflow import Refused
from accounts.years import chosen_year
from papers.download import attachment
from publications import actions, desk, markup, packs
from publications.forms.site import PlacementForm, RubricForm, TakeDownForm
from publications.models import Month, Placement, Publication, Rubric


@roles_allowed(*STAFF, Role.SITE)
def site_desk(request):
    year, user = chosen_year(request), request.user
    context = {
        "year": year,
        "rubric": Rubric.of(user.school),
        "desk": desk.of_year(year, today()),
        "curates": user.is_curator,
        "places": user.has_role(Role.CURATOR, Role.SITE),
    }
    return render(request, "publications/site_desk.html", context)


@roles_allowed(Role.CURATOR)
def rubric_edit(request):
    form = RubricForm(request.POST or None, instance=Rubric.of(request.user.school))
    looks = request.method == "POST" and "preview" in request.POST
    if not looks and form.is_valid() and journal.save(form, request.user):
        messages.success(request, _("Saved."))
        return redirect("site_desk")
    context = {"form": form}
    if looks:
        context["preview"] = [markup.html(str(form[name].value() or "")) for name in ("about", "goals")]
        form.is_valid()
    return render(request, "publications/rubric_edit.html", context)


def post_for_site(request, pk):
    rows = Publication.objects.visible_to(request.user).filter(audience="public").select_related("school")
    return get_object_or_404(rows, pk=pk)


@roles_allowed(Role.CURATOR, Role.SITE)
def pack_post(request, pk):
    post = post_for_site(request, pk)
    found = packs.pack(post.title, Publication.objects.filter(pk=post.pk))
    placements = desk.with_names(post.placements.all(), today())
    context = {"post": post, "pack": found, "placements": placements, "placed": any(p.in_force for p in placements)}
    return render(request, "publications/pack_post.html", context)


@roles_allowed(Role.CURATOR, Role.SITE)
def pack_post_zip(request, pk):
    post = post_for_site(request, pk)
    return sent(request, packs.pack(post.title, Publication.objects.filter(pk=post.pk)), "pack_post", pk)


def month_of(request, pk):
    return get_object_or_404(Month.objects.visible_to(request.user).select_related("year__school"), pk=pk)


def posts_of(month):
    return Publication.objects.filter(school=month.year.school).of_month(month)


@roles_allowed(Role.CURATOR, Role.SITE)
def pack_month(request, pk):
    month = month_of(request, pk)
    found = packs.pack(str(month), posts_of(month))
    waiting = {post.pk for post in posts_of(month).waiting(today())}
    context = {"month": month, "pack": found, "waiting": waiting, "beside": desk.neighbours(month)}
    return render(request, "publications/pack_month.html", context)


@roles_allowed(Role.CURATOR, Role.SITE)
def pack_month_zip(request, pk):
    month = month_of(request, pk)
    return sent(request, packs.pack(str(month), posts_of(month)), "pack_month", pk)


def sent(request, found, page, pk):
    """The archive; the page again where there is nothing to take, or too much for one archive."""
    if not found.posts:
        messages.error(request, _("There is nothing that may be placed on the site."))
        return redirect(page, pk)
    if not found.fits:
        messages.error(request, _("Together the files are larger than 100 MB: take them one by one."))
        return redirect(page, pk)
    with packs.archive(found) as content:
        return attachment(content.read(), f"{found.title[:80]}.zip", "application/zip")


@roles_allowed(Role.CURATOR, Role.SITE)
def placement_create(request):
    """`?post=`, `?month=` or neither: then it is the section itself."""
    what = placed_thing(request)
    form = PlacementForm(request.POST or None, initial={"placed_on": today(), "address": what.get("address", "")})
    if form.is_valid() and recorded(request, form, what):
        messages.success(request, _("The placement is recorded."))
        return redirect("site_desk")
    return render(request, "publications/placement_create.html", {"form": form, **what})


def placed_thing(request):
    """What is placed, as arguments of `actions.place`, with its name for the page."""
    if "post" in request.GET:
        post = post_for_site(request, number_in(request.GET["post"]))
        return {"title": post.title, "act": {"publications": [post]}}
    if "month" in request.GET:
        month = month_of(request, number_in(request.GET["month"]))
        waiting = list(posts_of(month).waiting(today()))
        title = _("Issue of the month: %(month)s") % {"month": month}
        return {"title": title, "act": {"publications": waiting, "month": month}, "posts": waiting}
    address = request.user.school.site_url
    return {"title": _("Section on the official site"), "act": {"section": True}, "address": address}


def recorded(request, form, what):
    """Was it recorded? The form says why not."""
    posts = what["act"].get("publications", [])
    if any(post.state != Publication.State.PUBLISHED for post in posts):
        form.add_error(None, _("This is not published: it cannot stand on the site."))
        return False
    try:
        with transaction.atomic():
            actions.place(by=request.user, **form.cleaned_data, **what["act"])
    except Refused as refusal:
        form.add_error(None, str(refusal))
    except IntegrityError:
        form.add_error(None, _("This is recorded as placed already."))
    return not form.errors


@roles_allowed(Role.CURATOR, Role.SITE)
def placement_take_down(request, pk):
    placement = get_object_or_404(Placement.objects.visible_to(request.user).select_related("publication"), pk=pk)
    form = TakeDownForm(request.POST or None, initial={"on": today()})
    if form.is_valid():
        try:
            actions.take_down(placement=placement, on=form.cleaned_data["on"], by=request.user)
            messages.success(request, _("Recorded as taken down."))
            return redirect("site_desk")
        except Refused as refusal:
            form.add_error("on", str(refusal))
    named = desk.with_names(Placement.objects.filter(pk=placement.pk), today())[0].unasked
    context = {"form": form, "placement": placement, "named": named}
    return render(request, "publications/placement_take_down.html", context)
