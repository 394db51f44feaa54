"""Who should work with whom: an exact optimum of the assignment problem with capacities.

Shortest augmenting paths with potentials (Jonker & Volgenant 1987), the capacity of a mentor kept in the column itself
instead of by copies of it. Integer scores, so the optimum is exact and the same on every machine.
"""


def assign(scores, capacities):
    """For each row (mentee) the column (mentor) it gets, or None.

    scores: rows of integers, the higher the better; None forbids the pair. capacities: how many rows a column takes.
    As many rows as possible are assigned; among such assignments the total score is the highest. O(rows² · columns).
    """
    rows, columns = len(scores), len(capacities)
    known = [score for row in scores for score in row if score is not None]
    top, low = max(known, default=0), min(known, default=0)
    # Staying alone costs more than any rearrangement of all scores can win back.
    alone = (rows + 1) * (top - low + 1)
    costs = [[None if s is None else top - s for s in row] + [alone] for row in scores]
    taken = Assignment(costs, [*capacities, rows])
    for row in range(rows):
        taken.add(row)
    return [None if column == columns else column for column in taken.column_of]


class Assignment:
    """A partial optimum: `add` brings in one more row along the cheapest path of rearrangements."""

    def __init__(self, costs, capacities):
        self.costs, self.capacities = costs, capacities
        self.row_price, self.column_price = [0] * len(costs), [0] * len(capacities)
        self.column_of = [None] * len(costs)
        self.rows_in = [[] for _ in capacities]

    def add(self, row):
        distance, via, closed, end = self.cheapest_path(row)
        self.update_prices(row, distance, closed, distance[end])
        while True:
            previous = via[end]
            left = self.column_of[previous]
            self.move(previous, end)
            if previous == row:
                return
            end = left

    def cheapest_path(self, row):
        """Dijkstra over columns from a new row to the first column with a free place."""
        distance = [None] * len(self.capacities)
        via, closed = [None] * len(self.capacities), []
        self.relax(row, 0, distance, via, closed)
        while True:
            column = min(
                (c for c, d in enumerate(distance) if d is not None and c not in closed), key=distance.__getitem__
            )
            if len(self.rows_in[column]) < self.capacities[column]:
                return distance, via, closed, column
            closed.append(column)
            for occupant in self.rows_in[column]:
                self.relax(occupant, distance[column], distance, via, closed)

    def relax(self, row, start, distance, via, closed):
        base = start - self.row_price[row]
        for column, cost in enumerate(self.costs[row]):
            if cost is None or column in closed:
                continue
            reached = base + cost - self.column_price[column]
            if distance[column] is None or reached < distance[column]:
                distance[column], via[column] = reached, row

    def update_prices(self, row, distance, closed, total):
        self.row_price[row] += total
        for column in closed:
            for occupant in self.rows_in[column]:
                self.row_price[occupant] += total - distance[column]
            self.column_price[column] += distance[column] - total

    def move(self, row, column):
        if self.column_of[row] is not None:
            self.rows_in[self.column_of[row]].remove(row)
        self.column_of[row] = column
        self.rows_in[column].append(row)
