"""How the walks move: by the words that people read."""

from playwright.sync_api import expect


def go(page, place):
    """To a place of the menu."""
    page.get_by_role("navigation", name="Основное меню").get_by_role("link", name=place, exact=True).click()


def link(page, name):
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def button(page, name):
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def says(page, words):
    expect(page.get_by_role("status").first).to_contain_text(words)
