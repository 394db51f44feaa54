// Comfort only: a questionnaire is filled in and sent without this file too.
(() => {
  const form = document.querySelector("form.survey");
  if (!form) return;
  const questions = new Map([...form.querySelectorAll("[data-question]")].map((each) => [each.dataset.question, each]));
  const inputs = (question) => [...question.querySelectorAll("input:not([type=hidden]), textarea")];
  const isGiven = (input) => (["radio", "checkbox"].includes(input.type) ? input.checked : input.value.trim() !== "");

  // ---- which questions are asked, and how many of them are answered
  const isAsked = (question, seen = new Set()) => {
    const before = questions.get(question.dataset.onlyIf);
    if (!before) return true;
    if (seen.has(before) || !isAsked(before, seen.add(before))) return false;
    const wanted = question.dataset.onlyValues.split(" ");
    return inputs(before).some((input) => input.checked && wanted.includes(input.value));
  };
  const show = () => {
    let asked = 0, answered = 0;
    for (const question of questions.values()) {
      question.hidden = !isAsked(question);
      if (question.hidden) continue;
      asked += 1;
      if (inputs(question).some(isGiven)) answered += 1;
    }
    for (const part of form.querySelectorAll(".part")) part.hidden = !part.querySelector("[data-question]:not([hidden])");
    const bar = document.querySelector("[data-progress]");
    if (!bar) return;
    const line = bar.querySelector("progress");
    line.max = asked;
    line.value = answered;
    bar.querySelector("[data-progress-text]").textContent = bar.dataset.progress.replace("{n}", answered).replace("{all}", asked);
  };
  form.classList.add("with-script");
  document.documentElement.addEventListener("change", show);
  addEventListener("pageshow", show);
  form.addEventListener("input", (event) => {
    if (!event.target.matches("[data-other]") || !event.target.value.trim()) return;
    const own = event.target.closest("[data-question]").querySelector("input[value='0']");
    if (own) own.checked = true;
  });
  show();
  if (!form.dataset.autosave) return;

  // ---- each answer is sent as it is given; what could not be sent waits on this device
  form.classList.add("saves");
  const state = document.querySelector("[data-autosave-state]"), words = form.dataset, key = words.key;
  let sending = null, memory = {}, retry = 0;
  const tell = (text, tone = "") => {
    state.textContent = text;
    state.dataset.tone = tone;
  };
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(key)) || memory;
    } catch {
      return memory;
    }
  };
  const write = (queue) => {
    memory = queue;
    form.dataset.unsent = Object.keys(queue).length;
    try {
      if (Object.keys(queue).length) localStorage.setItem(key, JSON.stringify(queue));
      else localStorage.removeItem(key);
    } catch {
      // No room or not allowed: then only this page remembers.
    }
  };
  const pairsOf = (question) =>
    inputs(question).filter((input) => !["radio", "checkbox"].includes(input.type) || input.checked).map((input) => [input.name, input.value]);
  const put = (question, pairs) => {
    for (const input of inputs(question)) {
      const values = pairs.filter(([name]) => name === input.name).map(([, value]) => value);
      if (["radio", "checkbox"].includes(input.type)) input.checked = values.includes(input.value);
      else input.value = values[0] ?? "";
    }
  };
  const give = (question) => {
    write({ ...read(), [question.dataset.question]: pairsOf(question) });
    return send();
  };
  const complain = (question, text) => {
    let line = question.querySelector("[data-refused]");
    if (!line) {
      line = document.createElement("div");
      line.className = "invalid-feedback d-block";
      line.dataset.refused = "1";
      line.setAttribute("role", "alert");
      question.append(line);
    }
    line.textContent = text;
    line.hidden = !text;
  };
  // Sends one answer; true when it needs no more sending, whatever the portal said to it.
  const sendOne = async (id, pairs) => {
    const body = new URLSearchParams([["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value], ["only", id], ...pairs]);
    let answer;
    try {
      answer = await fetch(form.dataset.autosave, { method: "POST", body, redirect: "error" });
    } catch {
      tell(words.offline, "warn");
      return false;
    }
    if (answer.ok) {
      const { marks } = await answer.json();
      for (const [name, mark] of Object.entries(marks)) if (form.elements[name]) form.elements[name].value = mark;
      complain(questions.get(id), "");
      tell(words.saved);
      return true;
    }
    if (answer.status === 422 || answer.status === 409) {
      const { why } = await answer.json();
      if (answer.status === 422) complain(questions.get(id), why);
      tell(why, "bad");
      return true;
    }
    tell(answer.status === 401 || answer.status === 403 ? words.signedOut : words.offline, "warn");
    return false;
  };
  const sendAll = async () => {
    for (;;) {
      const queue = read(), id = Object.keys(queue).find((each) => questions.has(each));
      if (!id) break;
      if (!(await sendOne(id, queue[id]))) return false;
      const now = read();
      if (JSON.stringify(now[id]) === JSON.stringify(queue[id])) delete now[id];
      write(now);
    }
    write({});
    return true;
  };
  const send = () => {
    sending ??= sendAll().then((done) => {
      sending = null;
      clearTimeout(retry);
      if (!done) retry = setTimeout(send, 5000);
      return done;
    });
    return sending;
  };
  let typing = 0;
  form.addEventListener("change", (event) => {
    const question = event.target.closest("[data-question]");
    clearTimeout(typing);
    if (question) give(question);
  });
  form.addEventListener("input", (event) => {
    const question = event.target.closest("[data-question]");
    if (!question || !event.target.matches("[type=text], textarea")) return;
    clearTimeout(typing);
    typing = setTimeout(() => give(question), 1000);
  });
  addEventListener("online", send);
  // A form that cannot be sent now is not sent into nothing: first what waits, then the form.
  form.addEventListener("submit", async (event) => {
    if (navigator.onLine && !Object.keys(read()).length) return;
    event.preventDefault();
    event.stopPropagation();
    if (!navigator.onLine) return tell(words.offline, "warn");
    const button = event.submitter;
    if (await send()) form.requestSubmit(button);
  });
  for (const [id, pairs] of Object.entries(read())) if (questions.has(id)) put(questions.get(id), pairs);
  show();
  send();
})();
