from roadmap.models.checkpoints import Checkpoint, Proof
from roadmap.models.items import Item
from roadmap.models.roadmaps import Roadmap, Section

__all__ = ["Checkpoint", "Item", "Proof", "Roadmap", "Section"]
