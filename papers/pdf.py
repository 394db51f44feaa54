"""Official papers as PDF, in Russian whatever the screen speaks. WeasyPrint is loaded with the first of them."""

import atexit
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from papers.download import attachment, not_made

CONTENT_TYPE = "application/pdf"
ADVICE = gettext_lazy(
    "Everything else works: print the page from the browser, or take the Excel file. "
    "Ask the person who keeps the server to install Pango (Debian: libpangoft2-1.0-0)."
)
ONE_AT_A_TIME = Lock()  # Pango's font map is shared by the process and not made for threads


class PdfUnavailable(Exception):
    """This computer cannot make PDF files; `str()` of it says so in the language of the page."""


@dataclass(frozen=True)
class Press:
    """What every paper needs and parsing takes a third of its time: made once per process."""

    html: type
    fetcher: object
    fonts: object
    style: object


def static_folder():
    return Path(settings.STATICFILES_DIRS[0]).resolve()


@cache
def press():
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
    except (ImportError, OSError):
        message = _("PDF files cannot be made here: the Pango library is missing on the server.")
        raise PdfUnavailable(message) from None
    fetcher, fonts = static_fetcher(), FontConfiguration()
    style = CSS(filename=static_folder() / "paper.css", font_config=fonts, url_fetcher=fetcher)
    atexit.register(press.cache_clear)  # else Python takes the library away before its fonts, which complain
    return Press(HTML, fetcher, fonts, style)


def static_fetcher():
    """Reads our static folder and nothing else: no network, no redirect, no other file of the server."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class StaticOnly(URLFetcher):
        def fetch(self, url, headers=None):
            path = local_path(url)
            if not path.is_relative_to(static_folder()) or not path.is_file():
                raise ValueError(f"a paper may not read {url}")
            return URLFetcherResponse(url, path.read_bytes())

    return StaticOnly(allowed_protocols=["file"], allow_redirects=False)


def local_path(url):
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        raise ValueError(f"a paper may not read {url}")
    return Path(url2pathname(parts.path)).resolve()


def render(template_name, context):
    """The PDF as bytes. Raises PdfUnavailable where Pango is missing.

    `context` may be a function that makes the dictionary: it is called with Russian active, so that a table built in
    it has Russian headings and words.
    """
    press()
    with translation.override("ru"):
        return of_html(render_to_string(template_name, context() if callable(context) else context))


def of_html(source):
    """The PDF of a page of HTML that is ours."""
    kit = press()
    with ONE_AT_A_TIME:
        page = kit.html(string=source, base_url=static_folder().as_uri() + "/", url_fetcher=kit.fetcher)
        return page.write_pdf(stylesheets=[kit.style], font_config=kit.fonts, presentational_hints=True)


def response(filename, template_name, context):
    """The paper as a download; where no PDF can be made, a page that says what to do instead."""
    try:
        return attachment(render(template_name, context), filename, CONTENT_TYPE)
    except PdfUnavailable as reason:
        return not_made(_("No PDF here"), reason, ADVICE)
