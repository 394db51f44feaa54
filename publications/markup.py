"""The small markup in which people write: paragraphs, lists, headings, bold, links. Never HTML.

markdown-it-py reads it with HTML and pictures switched off; nh3 then lets through what stands on its list and nothing
else. So a text is safe even if one of the two should err.
"""

from functools import cache

from django.utils.safestring import mark_safe

LONGEST = 40_000
TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "h3", "h4", "h5", "h6", "hr", "code"}
TAGS |= {"pre", "table", "thead", "tbody", "tr", "th", "td"}
LOWER = 2  # a heading of the text stands under those of the page


@cache
def reader():
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable(["image", "html_block"])
    return made.disable("html_inline")


def html(text):
    """The text as HTML that may stand on a page."""
    import nh3

    tokens = reader().parse(text[:LONGEST])
    for token in tokens:
        if token.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            token.tag = f"h{min(6, int(token.tag[1]) + LOWER)}"
    page = reader().renderer.render(tokens, reader().options, {})
    clean = nh3.clean(
        page, tags=TAGS, attributes={"a": {"href"}, "*": set()}, url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener", strip_comments=True,
    )  # fmt: skip
    return mark_safe(clean)


def plain(text):
    """The text without its marks, for a site that takes words only: lists keep a dash, links their address."""
    lines, depth, mark = [], [], ""
    for token in reader().parse(text[:LONGEST]):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth.append(0 if token.type.startswith("ordered") else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth.pop()
        elif token.type == "list_item_open":
            depth[-1] = depth[-1] if depth[-1] is None else depth[-1] + 1
            mark = "  " * (len(depth) - 1) + ("— " if depth[-1] is None else f"{depth[-1]}. ")
        elif token.type in ("inline", "fence", "code_block"):
            lines.append(mark + (words_of(token) if token.children else token.content))
            mark = ""
    return "\n".join(line for line in lines if line.strip())


def words_of(token):
    """The words of one line or paragraph; a link is followed by its address."""
    said, addresses = [], []
    for child in token.children:
        if child.type == "link_open":
            addresses.append(child.attrs.get("href", ""))
        elif child.type == "link_close":
            address = addresses.pop()
            said.append("" if said and said[-1] == address else f" ({address})")
        elif child.type in ("softbreak", "hardbreak"):
            said.append("\n")
        else:
            said.append(child.content)
    return "".join(said)


def beginning(text, length=200):
    """The first words of the text, for a list."""
    words = " ".join(plain(text[:2000]).split())
    return words if len(words) <= length else words[:length].rsplit(" ", 1)[0] + "…"
