/* Keeps a count of signatures up to date while somebody looks and some are missing; without it, reloading does. */
(() => {
  const count = document.querySelector("[data-live-count]");
  let waiting;
  const ask = async () => {
    clearTimeout(waiting);
    if (document.hidden) return;
    try {
      const answer = await fetch(count.dataset.liveCount, { cache: "no-store", redirect: "error" });
      if (!answer.ok) return;
      const { sentence, missing } = await answer.json();
      if (count.textContent.trim() !== sentence) count.textContent = sentence;
      if (!missing) {
        document.removeEventListener("visibilitychange", ask);
        return;
      }
    } catch {
      /* Out of reach, or signed out: the next round may do better. */
    }
    waiting = setTimeout(ask, 20000);
  };
  document.addEventListener("visibilitychange", ask);
  waiting = setTimeout(ask, 20000);
})();
