// Figures that change while people look: asked for again while the page is open. Without this they come with a reload.
(() => {
  const refresh = async (part) => {
    try {
      const answer = await fetch(part.dataset.live);
      const text = answer.ok && !answer.redirected ? await answer.text() : "";
      const fresh = new DOMParser().parseFromString(text, "text/html").querySelector(".share");
      if (fresh && fresh.outerHTML !== part.outerHTML) part.replaceWith(fresh);
    } catch {
      // The net is away: the next time.
    }
  };
  setInterval(() => {
    if (!document.hidden) document.querySelectorAll("[data-live]").forEach(refresh);
  }, 4000);
})();
