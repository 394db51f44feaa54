"""Proofs: added by people, printed by the portal, withdrawn with a reason."""

import subprocess

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts import workflow
from accounts.models import Entry
from accounts.workflow import Refused
from papers import pdf
from roadmap import proofs
from roadmap.models import Proof
from tests import factories as f

TODAY = f.TODAY
PDF = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


def post_proof(client, user, found, **fields):
    client.force_login(user)
    return client.post(reverse("proof_create", args=[found.pk]), {"title": "Приказ"} | fields)


@pytest.mark.parametrize(
    "fields, kind",
    [({"link": "https://school.example/news"}, "link"), ({"note": "В папке № 3"}, "note")],
)
def test_a_link_or_a_note_is_a_proof(client, year, curator, fields, kind):
    found = f.checkpoint(year)
    assert post_proof(client, curator, found, **fields).status_code == 302
    assert list(Proof.objects.values_list("kind", "added_by", "added_on")) == [(kind, curator.pk, TODAY)]


def test_a_file_is_a_proof_and_comes_back_as_a_download(client, year, curator):
    found = f.checkpoint(year)
    post_proof(client, curator, found, upload=SimpleUploadedFile("приказ.pdf", PDF))
    proof = Proof.objects.get()
    answer = client.get(reverse("proof_file", args=[proof.pk]))
    assert (proof.kind, answer.content, answer["Content-Type"]) == ("file", PDF, "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment")


def test_an_empty_proof_and_one_of_tomorrow_are_refused_and_keep_what_was_typed(client, year, curator):
    found = f.checkpoint(year)
    answer = post_proof(client, curator, found)
    assert (answer.status_code, answer.context["form"]["title"].value()) == (200, "Приказ")
    answer = post_proof(client, curator, found, note="Есть", dated="2024-11-21")
    assert list(answer.context["form"].errors) == ["dated"]
    assert not Proof.objects.exists()


def test_a_script_is_no_link(client, year, curator):
    answer = post_proof(client, curator, f.checkpoint(year), link="javascript:alert(1)")
    assert list(answer.context["form"].errors) == ["link"]


def test_proofs_of_a_closed_item_stay_as_they_are(client, year, curator):
    found = f.met_checkpoint(year)
    f.proof(found, curator)
    workflow.perform(found, "close", curator)
    post_proof(client, curator, found, note="Ещё одна")
    client.post(reverse("proof_withdraw", args=[Proof.objects.get().pk]), {"comment": "Лишняя"})
    assert list(Proof.objects.in_force().values_list("title", flat=True)) == ["Приказ № 4"]


def test_a_proof_is_withdrawn_with_a_reason_and_stays_in_the_history(client, year, curator):
    proof = f.proof(f.met_checkpoint(year), curator)
    client.force_login(curator)
    client.post(reverse("proof_withdraw", args=[proof.pk]), {"comment": ""})
    assert Proof.objects.in_force().count() == 1
    client.post(reverse("proof_withdraw", args=[proof.pk]), {"comment": "Не тот приказ"})
    proof.refresh_from_db()
    assert (proof.withdrawn_on, proof.withdrawn_reason) == (TODAY, "Не тот приказ")
    assert [entry.comment for entry in Entry.objects.about(proof)] == ["Не тот приказ"]


def test_another_schools_proof_is_not_there(client, year, curator):
    foreign = f.year()
    proof = f.proof(f.checkpoint(foreign), f.curator(foreign.school))
    client.force_login(curator)
    assert client.get(reverse("proof_file", args=[proof.pk])).status_code == 404
    assert client.post(reverse("proof_withdraw", args=[proof.pk]), {"comment": "x"}).status_code == 404
    assert client.post(reverse("proof_print", args=[proof.checkpoint_id])).status_code == 404
    assert client.get(reverse("roadmap_item", args=[proof.checkpoint.item_id])).status_code == 404


def words_of(content):
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


@pytest.mark.pdf
def test_the_portal_prints_the_proof_with_its_figures_and_names(client, year, curator):
    found = f.met_checkpoint(year)
    late = f.pair(year)
    client.force_login(curator)
    client.post(reverse("proof_print", args=[found.pk]))
    proof = Proof.objects.get()
    words = words_of(proof.file.file.read())
    assert (proof.kind, proof.title, proof.dated) == ("printed", "Утверждённые планы на 20.11.2024", TODAY)
    for expected in ("1 из 2 (50 %)", "цель 100 %", str(late), "план не утверждён", curator.short_name):
        assert expected in words


def test_where_no_pdf_can_be_made_nothing_is_added(client, year, curator, monkeypatch):
    def without_pango(*args):
        raise pdf.PdfUnavailable("нет Pango")

    monkeypatch.setattr(pdf, "render", without_pango)
    client.force_login(curator)
    answer = client.post(reverse("proof_print", args=[f.met_checkpoint(year).pk]), follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["нет Pango"]
    assert not Proof.objects.exists()


def test_an_item_without_data_is_not_printed(year, curator):
    with pytest.raises(Refused):
        proofs.print_proof(checkpoint=f.checkpoint(year), by=curator)
    with pytest.raises(Refused):
        proofs.print_proof(checkpoint=f.checkpoint(year, indicator="rubric"), by=curator)
