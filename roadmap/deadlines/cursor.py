"""A place in a row of tokens, and the steps that rules of the grammar are made of."""

from roadmap.deadlines.lexicon import NUMBER, SIGN
from roadmap.deadlines.tokens import Token

END = Token("end", None, "", False)
ROOM = 8  # no rule looks further ahead at once


class Cursor:
    def __init__(self, tokens):
        self.tokens, self.at = [*tokens, *[END] * ROOM], 0

    @property
    def now(self):
        return self.tokens[self.at]

    def ahead(self, steps):
        return self.tokens[self.at + steps]

    def step(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def take(self, *classes):
        """The token if it is of one of these classes."""
        return self.step() if self.tokens[self.at].cls in classes else None

    def unit(self, *units):
        """The token if it is the name of one of these units."""
        return self.step() if self.now.cls == "unit" and self.now.value in units else None

    def sign(self, signs):
        return self.step() if self.now.cls == SIGN and self.now.text in signs else None

    def number(self, low, high):
        return self.step() if self.now.cls == NUMBER and low <= self.now.value <= high else None

    def words(self, *classes):
        """All of these classes one after the other, or nothing; «a|b» is one of two."""
        for place, each in enumerate(classes, self.at):
            cls = self.tokens[place].cls
            if cls != each and ("|" not in each or cls not in each.split("|")):
                return False
        self.at += len(classes)
        return True

    def first_of(self, *rules):
        """What the first rule that fits gives; the place stays where none does."""
        at = self.at
        for rule in rules:
            found = rule(self)
            if found:
                return found
            self.at = at
        return None

    def maybe(self, rule):
        return self.first_of(rule)
