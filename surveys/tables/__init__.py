from surveys.tables.waves import STRONG, WEAK, answered, asked, means, means_chart

__all__ = ["STRONG", "WEAK", "answered", "asked", "means", "means_chart"]
