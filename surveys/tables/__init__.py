from surveys.tables.waves import STRONG, WEAK, answered, means, means_chart

__all__ = ["STRONG", "WEAK", "answered", "means", "means_chart"]
