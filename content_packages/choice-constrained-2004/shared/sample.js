/* A page of the small samples: it says which activity it is, and its buttons report to the learning system.
 *
 * <button data-do="complete|pass|fail|continue|previous|suspend">; <input data-keep> is kept in suspend_data,
 * <input data-store="0"> in the shared data store of that number (SCORM 2004 4th edition).
 */
(function () {
  "use strict";

  const page = document.documentElement;
  const begun = Sco.start();
  const state = begun.state || { text: "" };

  function speak(language) {
    page.lang = language;
    page.dataset.language = language;
    const title = document.querySelector(`h1 [lang="${language}"]`);
    if (title) document.title = title.textContent;
  }

  const acts = {
    complete: () => Sco.completed(true),
    pass: () => { Sco.score(0.9); Sco.passed(true); },
    fail: () => { Sco.score(0.3); Sco.passed(false); },
    continue: () => Sco.finish("continue"),
    previous: () => Sco.finish("previous"),
    suspend: () => Sco.finish("suspendAll"),
    language: () => speak(page.lang === "kk" ? "ru" : "kk"),
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    acts[button.dataset.do]();
    Sco.save();
    document.querySelector("[role=status]").textContent = `✓ ${button.textContent.trim()}`;
  });

  for (const input of document.querySelectorAll("[data-keep]")) {
    input.value = state.text || "";
    input.addEventListener("change", () => { state.text = input.value; Sco.keep(state, "1"); });
  }
  for (const input of document.querySelectorAll("[data-store]")) {
    const name = `adl.data.${input.dataset.store}.store`;
    input.value = Sco.get(name, "");
    input.addEventListener("change", () => { Sco.set(name, "", input.value); Sco.save(); });
  }
  const part = new URLSearchParams(location.search).get("part");
  for (const place of document.querySelectorAll("[data-part]")) place.textContent = part || "";
  speak(/^ru/i.test(begun.language || "") ? "ru" : "kk");
})();
