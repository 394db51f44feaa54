"""The proposal of pairs: is our solver's answer the best one, and what does it cost?"""

import itertools
import random

from pairs.matching import assign


def instance(rows, columns, seed):
    """(scores, capacities) of one school: one pair in ten is forbidden."""
    chance = random.Random(seed)
    scores = [
        [chance.randrange(-20, 100) if chance.random() > 0.1 else None for _ in range(columns)] for _ in range(rows)
    ]
    return scores, [chance.randrange(1, 4) for _ in range(columns)]


def value(scores, found):
    """(how many rows have a column, total score): what the best answer has most of."""
    taken = [scores[row][column] for row, column in enumerate(found) if column is not None]
    return len(taken), sum(taken)


def best_by_trying(scores, capacities):
    """The same by trying every answer; for small ones."""
    choices = [[None, *(c for c, score in enumerate(row) if score is not None)] for row in scores]
    fits = (f for f in itertools.product(*choices) if all(f.count(c) <= most for c, most in enumerate(capacities)))
    return max(value(scores, found) for found in fits)


def against_trying(number=200):
    """How many of `number` small schools got the best answer."""
    found = 0
    for seed in range(number):
        scores, capacities = instance(1 + seed % 5, 1 + seed % 4, seed)
        found += value(scores, assign(scores, capacities)) == best_by_trying(scores, capacities)
    return found


def best_by_scipy(scores, capacities):
    """(rows assigned, total) by scipy's solver, the mentors copied as often as they have places; None without scipy."""
    try:
        from scipy.optimize import linear_sum_assignment
    except ImportError:
        return None
    columns = [column for column, places in enumerate(capacities) for _ in range(places)]
    alone = 10**6
    costs = [[alone if row[c] is None else 100 - row[c] for c in columns] + [alone] * len(scores) for row in scores]
    rows, taken = linear_sum_assignment(costs)
    kept = [scores[r][columns[c]] for r, c in zip(rows, taken, strict=True) if c < len(columns)]
    kept = [score for score in kept if score is not None]
    return len(kept), sum(kept)
