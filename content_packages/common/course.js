/* How our sample pages behave: two languages, sections one at a time, questions, keeping one's place.
 *
 * <body data-course="..." data-page="lesson|test|single">; sections are <section class="part">.
 * A question is <fieldset class="question" data-id data-type data-answer [data-objective]>; an answer of several
 * parts is written "a c", of pairs "a:1 b:2". Everything is plain HTML and reads without this file.
 */
(function () {
  "use strict";

  const WORDS = {
    kk: {
      back: "Артқа", next: "Әрі қарай", finish: "Аяқтау", check: "Тексеру", right: "Дұрыс!", wrong: "Дұрыс емес.",
      answerAll: "Алдымен барлық сұраққа жауап беріңіз.", mark: "Нәтижеңіз", pass: "Тест тапсырылды.",
      fail: "Тақырыпты қайталап шығыңыз.", over: "Жұмысыңыз сақталды. Терезені жаба беруге болады.",
      alone: "Оқу жүйесі табылмады: нәтиже сақталмайды.", language: "Тіл", part: "Бөлім",
    },
    ru: {
      back: "Назад", next: "Дальше", finish: "Завершить", check: "Проверить", right: "Верно!", wrong: "Неверно.",
      answerAll: "Сначала ответьте на все вопросы.", mark: "Ваш результат", pass: "Тест сдан.",
      fail: "Повторите тему.", over: "Работа сохранена. Окно можно закрыть.",
      alone: "Система обучения не найдена: результат не сохранится.", language: "Язык", part: "Раздел",
    },
  };
  const body = document.body;
  const parts = [...document.querySelectorAll("section.part")];
  const questions = [...document.querySelectorAll("fieldset.question")];
  const isTest = body.dataset.page === "test";
  const state = { seen: [], answers: {}, language: "" };
  let at = 0;
  let shownAt = Date.now();

  // ---- two languages ----

  function both(key) {
    return `<span lang="kk">${WORDS.kk[key]}</span><span lang="ru">${WORDS.ru[key]}</span>`;
  }

  function speak(language) {
    state.language = language === "ru" ? "ru" : "kk";
    document.documentElement.lang = state.language;
    document.documentElement.dataset.language = state.language;
    for (const button of document.querySelectorAll(".switch button")) {
      button.setAttribute("aria-pressed", String(button.value === state.language));
    }
    for (const option of document.querySelectorAll("option[data-kk]")) {
      option.textContent = option.dataset[state.language];
    }
    const title = document.querySelector(`h1 [lang="${state.language}"]`);
    if (title) document.title = title.textContent;
    try {
      localStorage.setItem("language", state.language);
    } catch (error) { /* storage may be closed to us; the choice then lasts as long as the page */ }
  }

  function firstLanguage(kept, preferred) {
    if (kept) return kept;
    try {
      const stored = localStorage.getItem("language");
      if (stored) return stored;
    } catch (error) { /* see above */ }
    return /^ru/i.test(preferred || "") ? "ru" : "kk";
  }

  function bar() {
    const header = document.createElement("header");
    header.className = "bar";
    header.innerHTML = `<span class="course"></span>
      <span class="switch" role="group" aria-label="${WORDS.kk.language} / ${WORDS.ru.language}">
        <button type="button" value="kk" lang="kk">Қазақша</button><button type="button" value="ru" lang="ru">Русский</button></span>`;
    header.querySelector(".course").textContent = body.dataset.course || "";
    header.addEventListener("click", (event) => {
      if (event.target.value) { speak(event.target.value); keep(); }
    });
    const track = document.createElement("div");
    track.className = "track";
    track.innerHTML = "<span></span>";
    body.prepend(header, track);
  }

  // ---- sections ----

  function show(index, move) {
    at = Math.min(Math.max(index, 0), Math.max(parts.length - 1, 0));
    parts.forEach((part, number) => { part.hidden = number !== at; });
    if (parts[at] && !state.seen.includes(parts[at].id)) state.seen.push(parts[at].id);
    steps();
    if (move) {
      const heading = parts[at].querySelector("h2");
      heading.tabIndex = -1;
      heading.focus();
      window.scrollTo(0, 0);
    }
    shownAt = Date.now();
    report();
  }

  function steps() {
    const nav = document.querySelector("nav.steps");
    const last = at >= parts.length - 1;
    nav.querySelector(".back").disabled = at === 0;
    nav.querySelector(".back").hidden = parts.length < 2;
    nav.querySelector(".next").hidden = last;
    nav.querySelector(".finish").hidden = !last;
    document.querySelector(".track > span").style.width = `${(100 * (at + 1)) / Math.max(parts.length, 1)}%`;
  }

  function report() {
    if (isTest) return keep();
    const share = parts.length ? state.seen.length / parts.length : 1;
    Sco.progress(share);
    if (share >= 1) Sco.completed(true);
    return keep();
  }

  function keep() {
    Sco.keep(state, parts[at] ? parts[at].id : "");
  }

  function navigation() {
    const nav = document.createElement("nav");
    nav.className = "steps";
    nav.innerHTML = `<button type="button" class="back quiet">${both("back")}</button>
      <button type="button" class="next">${both("next")}</button>
      <button type="button" class="finish">${both("finish")}</button>`;
    nav.querySelector(".back").onclick = () => show(at - 1, true);
    nav.querySelector(".next").onclick = () => show(at + 1, true);
    nav.querySelector(".finish").onclick = leave;
    document.querySelector("main").append(nav);
  }

  function leave() {
    keep();
    Sco.finish("continue");
    document.querySelector("main").innerHTML = `<p class="summary" role="status">${both("over")}</p>`;
  }

  // ---- questions ----

  function response(question) {
    const type = question.dataset.type;
    if (type === "numeric") {
      const text = question.querySelector("input").value.trim().replace(",", ".").replace(/\s/g, "");
      return text !== "" && Number.isFinite(Number(text)) ? [String(Number(text))] : [];
    }
    if (type === "matching") {
      const chosen = [...question.querySelectorAll("select")].map((one) => [one.name, one.value]);
      return chosen.every((pair) => pair[1]) ? chosen : [];
    }
    return [...question.querySelectorAll("input:checked")].map((one) => one.value);
  }

  function correct(question) {
    const wanted = question.dataset.answer.split(" ");
    return question.dataset.type === "matching" ? wanted.map((pair) => pair.split(":")) : wanted;
  }

  function isRight(question, given) {
    if (question.dataset.type === "numeric") return Math.abs(Number(given[0]) - Number(correct(question)[0])) < 1e-9;
    const flat = (list) => list.map(String).sort().join(";");
    return flat(given) === flat(correct(question));
  }

  function judge(question) {
    const given = response(question);
    if (!given.length) return null;
    const right = isRight(question, given);
    const legend = question.querySelector(`legend [lang="${state.language}"]`) || question.querySelector("legend");
    state.answers[question.dataset.id] = given;
    Sco.answer({
      id: question.dataset.id, type: question.dataset.type, response: given, correct: correct(question), right,
      objective: question.dataset.objective, milliseconds: Date.now() - shownAt, description: legend.textContent.trim(),
    });
    mark(question, right);
    return right;
  }

  function mark(question, right) {
    question.classList.toggle("right", right);
    question.classList.toggle("wrong", !right);
    const say = question.querySelector(".say");
    say.innerHTML = both(right ? "right" : "wrong");
    const why = question.querySelector(".why");
    if (why) why.hidden = false;
  }

  function prepare(question) {
    const say = document.createElement("p");
    say.className = "say";
    say.setAttribute("role", "status");
    const why = question.querySelector(".why");
    if (why) { why.hidden = true; why.before(say); } else { question.append(say); }
    if (isTest) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.innerHTML = both("check");
    button.onclick = () => { judge(question); keep(); };
    say.before(button);
  }

  function restore() {
    for (const question of questions) {
      const given = state.answers[question.dataset.id];
      if (!given || !given.length) continue;
      if (question.dataset.type === "numeric") question.querySelector("input").value = given[0];
      else if (question.dataset.type === "matching") given.forEach((pair) => { question.querySelector(`select[name="${pair[0]}"]`).value = pair[1]; });
      else given.forEach((value) => { question.querySelector(`input[value="${value}"]`).checked = true; });
    }
  }

  // ---- a test: all answers at once, objectives by topic, a score ----

  function handIn(form) {
    if (questions.some((question) => !response(question).length)) {
      form.querySelector(".status").innerHTML = both("answerAll");
      return;
    }
    const results = questions.map((question) => [question.dataset.objective || "", judge(question)]);
    const share = (list) => list.filter((one) => one[1]).length / list.length;
    const needed = Number(body.dataset.pass || 0.7);
    for (const topic of new Set(results.map((one) => one[0]).filter(Boolean))) {
      const value = share(results.filter((one) => one[0] === topic));
      Sco.goal(topic, { score: value, passed: value >= needed });
    }
    const total = share(results);
    Sco.score(total);
    Sco.progress(1);
    Sco.passed(total >= needed);
    keep();
    outcome(form, total, total >= needed);
  }

  function outcome(form, total, pass) {
    form.querySelectorAll("input, select").forEach((one) => { one.disabled = true; });
    form.querySelector(".check").remove();
    form.querySelector(".status").textContent = "";
    const box = document.createElement("div");
    box.className = "summary";
    box.tabIndex = -1;
    box.innerHTML = `<p>${both("mark")}</p><p class="mark">${Math.round(total * 100)} %</p><p>${both(pass ? "pass" : "fail")}</p>`;
    form.prepend(box);
    box.focus();
    document.querySelector("nav.steps .finish").disabled = false;
  }

  function testForm() {
    const form = document.querySelector("form.test");
    form.insertAdjacentHTML("beforeend", `<p class="status" role="status"></p><button class="check" type="submit">${both("check")}</button>`);
    form.addEventListener("submit", (event) => { event.preventDefault(); handIn(form); });
    form.addEventListener("change", () => {
      questions.forEach((question) => { state.answers[question.dataset.id] = response(question); });
      keep();
    });
    document.querySelector("nav.steps .finish").disabled = true;
  }

  // ---- begin ----

  const begun = Sco.start();
  Object.assign(state, begun.state || {});
  bar();
  navigation();
  speak(firstLanguage(state.language, begun.language));
  questions.forEach(prepare);
  if (isTest) testForm();
  restore();
  show(Math.max(parts.findIndex((part) => part.id === begun.place), 0), false);
  if (!begun.found) {
    document.querySelector("main").insertAdjacentHTML("beforeend", `<p class="status">${both("alone")}</p>`);
  }
  document.dispatchEvent(new CustomEvent("course-ready", { detail: begun }));
})();
