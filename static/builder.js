// Comfort only: the arrows of a question do the same. Taken by its number, a question is dropped where it should stand.
(() => {
  let held = null, mark = null;
  const unmark = () => {
    mark?.classList.remove("drop-before", "drop-after");
    mark = null;
  };
  // Where it would go: the list, and the question before which it would stand (none: at the end).
  const place = (event) => {
    const list = event.target.closest("[data-drop]");
    if (!held || !list) return null;
    const row = event.target.closest("[data-drag]");
    if (!row) return { list, row: null, before: null };
    const box = row.getBoundingClientRect(), above = event.clientY < box.top + box.height / 2;
    return { list, row, above, before: above ? row : row.nextElementSibling?.closest("[data-drag]") };
  };
  for (const row of document.querySelectorAll("[data-drag]")) row.querySelector(".q-number").classList.add("q-handle");
  document.addEventListener("pointerdown", (event) => {
    const row = event.target.closest(".q-handle")?.closest("[data-drag]");
    if (row) row.draggable = true;
  });
  document.addEventListener("dragstart", (event) => {
    held = event.target.closest?.("[data-drag]");
    if (held) event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    const to = place(event);
    unmark();
    if (!to) return;
    event.preventDefault();
    mark = to.row ?? to.list;
    mark.classList.add(to.above ? "drop-before" : "drop-after");
  });
  document.addEventListener("drop", (event) => {
    const to = place(event);
    if (!to) return;
    event.preventDefault();
    const form = held.querySelector("form");
    for (const [name, value] of [["into", to.list.dataset.drop], ["before", to.before?.dataset.drag ?? ""]]) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      form.append(input);
    }
    if (to.before !== held) form.submit();
  });
  document.addEventListener("dragend", () => {
    if (held) held.draggable = false;
    held = null;
    unmark();
  });
})();
