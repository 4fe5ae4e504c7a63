/* Suggestions below the search field, an editable combobox; without this script the form works as ever. */
(() => {
  const form = document.querySelector("form[data-suggestions]");
  const field = form.querySelector("input[type=search]");
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[role=status]");
  let waiting, running;
  let chosen = -1;

  const choose = (number) => {
    const options = [...list.children];
    chosen = number;
    options.forEach((option, place) => (option.ariaSelected = String(place === number)));
    if (number < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", options[number].id);
      options[number].scrollIntoView({ block: "nearest" });
    }
  };
  const close = () => {
    clearTimeout(waiting);
    running?.abort();
    list.hidden = true;
    field.ariaExpanded = "false";
    choose(-1);
  };
  const show = ({ suggestions, summary }) => {
    list.replaceChildren(
      ...suggestions.map(({ title, url, kind }, place) => {
        const option = document.createElement("li");
        const hint = document.createElement("span");
        Object.assign(option, { id: `suggestion-${place}`, role: "option", textContent: `${title} ` });
        hint.textContent = kind;
        option.dataset.url = url;
        option.append(hint);
        return option;
      }),
    );
    choose(-1);
    list.hidden = !suggestions.length;
    field.ariaExpanded = String(!list.hidden);
    status.textContent = summary;
  };
  const ask = async () => {
    running?.abort();
    running = new AbortController();
    try {
      const address = `${form.dataset.suggestions}?q=${encodeURIComponent(field.value)}`;
      const answer = await fetch(address, { signal: running.signal, credentials: "omit" });
      if (answer.ok) show(await answer.json());
    } catch {
      /* Typed on, or out of reach. */
    }
  };

  Object.assign(field, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: "false" });
  field.setAttribute("aria-controls", list.id);
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const number = list.children.length;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (step && !list.hidden) {
      event.preventDefault();
      choose(((chosen + 1 + step + number + 1) % (number + 1)) - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.url);
    }
  });
  field.addEventListener("blur", close);
  form.addEventListener("submit", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) location.assign(option.dataset.url);
  });
})();
