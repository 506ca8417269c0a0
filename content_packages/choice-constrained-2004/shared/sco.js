/* What a page of ours says to the learning system, in SCORM 1.2 and SCORM 2004 alike.
 *
 * Sco.start()            finds the interface, opens the session, answers what was kept
 * Sco.keep(state, place) state of the page (any plain value) and where the learner is
 * Sco.answer({...})      one answer to one question
 * Sco.goal("id", {...})  how well one learning objective is met
 * Sco.score(0.8)         the score as a fraction;  Sco.passed(true), Sco.completed(true), Sco.progress(0.5)
 * Sco.finish("continue") closes the session; in SCORM 2004 with a wish where to go
 * Without a learning system every call does nothing, so a page also opens from a folder.
 */
(function (global) {
  "use strict";

  const FARTHEST = 50; // frames deeper than this are a loop, not a design
  const session = { api: null, version: "", open: false, began: 0, place: "", done: false };

  // ---- finding the interface (RTE 4th Ed. 3.3, RTE 1.2 3.3.6) ----

  function climb(start, name) {
    let frame = start;
    for (let step = 0; frame && step < FARTHEST; step += 1) {
      try {
        if (frame[name]) return frame[name];
      } catch (error) {
        return null; // another site's frame: nothing of ours lies beyond it
      }
      if (frame.parent === frame) return null;
      frame = frame.parent;
    }
    return null;
  }

  function find(name) {
    const above = climb(global, name);
    if (above) return above;
    return global.opener ? climb(global.opener, name) : null;
  }

  function locate() {
    session.api = find("API_1484_11");
    session.version = session.api ? "2004" : "";
    if (session.api) return;
    session.api = find("API");
    session.version = session.api ? "1.2" : "";
  }

  // ---- the eight calls, under the names of both versions ----

  function call(modern, old, ...values) {
    if (!session.api) return "";
    return String(session.version === "2004" ? session.api[modern](...values) : session.api[old](...values));
  }

  function get(modern, old) {
    const name = session.version === "2004" ? modern : old;
    return session.open && name ? call("GetValue", "LMSGetValue", name) : "";
  }

  function set(modern, old, value) {
    const name = session.version === "2004" ? modern : old;
    if (!session.open || !name) return false;
    return call("SetValue", "LMSSetValue", name, String(value)) === "true";
  }

  function save() {
    return session.open && call("Commit", "LMSCommit", "") === "true";
  }

  // ---- beginning ----

  function start() {
    locate();
    session.open = call("Initialize", "LMSInitialize", "") === "true";
    session.began = Date.now();
    if (!session.open) return { found: Boolean(session.api), place: "", state: null };
    const status = get("cmi.completion_status", "cmi.core.lesson_status");
    session.done = ["completed", "passed", "failed"].includes(status);
    if (!session.done) set("cmi.completion_status", "cmi.core.lesson_status", "incomplete");
    return {
      found: true,
      place: get("cmi.location", "cmi.core.lesson_location"),
      state: parsed(get("cmi.suspend_data", "cmi.suspend_data")),
      learner: get("cmi.learner_name", "cmi.core.student_name"),
      language: get("cmi.learner_preference.language", "cmi.student_preference.language"),
      launchData: get("cmi.launch_data", "cmi.launch_data"),
    };
  }

  function parsed(text) {
    try {
      return text ? JSON.parse(text) : null;
    } catch (error) {
      return null; // kept by something else; begin anew rather than fail
    }
  }

  // ---- while the learner works ----

  function keep(state, place) {
    session.place = String(place);
    set("cmi.suspend_data", "cmi.suspend_data", JSON.stringify(state));
    set("cmi.location", "cmi.core.lesson_location", session.place);
    save();
  }

  function answer(one) {
    const number = Number(get("cmi.interactions._count", "cmi.interactions._count") || 0);
    const at = `cmi.interactions.${number}.`;
    const put = (modern, old, value) => set(modern && at + modern, old && at + old, value);
    put("id", "id", one.id);
    put("type", "type", one.type);
    if (one.objective) put("objectives.0.id", "objectives.0.id", one.objective);
    put("timestamp", "", new Date().toISOString().slice(0, 19));
    put("", "time", new Date().toTimeString().slice(0, 8));
    put("correct_responses.0.pattern", "correct_responses.0.pattern", pattern(one.type, one.correct, true));
    put("weighting", "weighting", "1");
    put("learner_response", "student_response", pattern(one.type, one.response, false));
    put("result", "result", one.right ? "correct" : session.version === "2004" ? "incorrect" : "wrong");
    put("latency", "latency", duration(one.milliseconds || 0));
    put("description", "", (one.description || "").slice(0, 250));
  }

  /* Responses are lists; a pair (matching) is a list of two. RTE 4th Ed. 4.2.9.1, RTE 1.2 3.4.7. */
  function pattern(type, parts, isCorrect) {
    const modern = session.version === "2004";
    const written = parts.map((part) => (Array.isArray(part) ? part.join(modern ? "[.]" : ".") : String(part)));
    if (modern && type === "numeric" && isCorrect) return `${written[0]}[:]${written[0]}`;
    return written.join(modern ? "[,]" : ",");
  }

  function goal(id, { passed, score }) {
    const at = `cmi.objectives.${indexOf(id)}.`;
    set(at + "id", at + "id", id);
    if (score !== undefined) {
      set(at + "score.scaled", "", fraction(score));
      set(at + "score.raw", at + "score.raw", Math.round(score * 100));
    }
    if (passed !== undefined) {
      set(at + "success_status", at + "status", passed ? "passed" : "failed");
    }
  }

  function indexOf(id) {
    const count = Number(get("cmi.objectives._count", "cmi.objectives._count") || 0);
    for (let index = 0; index < count; index += 1) {
      const name = `cmi.objectives.${index}.id`;
      if (get(name, name) === id) return index;
    }
    return count;
  }

  function score(value) {
    set("cmi.score.scaled", "", fraction(value));
    set("cmi.score.min", "cmi.core.score.min", 0);
    set("cmi.score.max", "cmi.core.score.max", 100);
    set("cmi.score.raw", "cmi.core.score.raw", Math.round(value * 100));
  }

  function passed(yes) {
    session.done = true;
    set("cmi.success_status", "cmi.core.lesson_status", yes ? "passed" : "failed");
    set("cmi.completion_status", "", "completed");
  }

  function completed(yes) {
    if (session.version === "1.2" && session.done) return; // passed and failed say more than completed
    session.done = Boolean(yes);
    set("cmi.completion_status", "cmi.core.lesson_status", yes ? "completed" : "incomplete");
  }

  function progress(value) {
    set("cmi.progress_measure", "", fraction(value));
  }

  function fraction(value) {
    return String(Math.round(value * 10000) / 10000);
  }

  // ---- the end ----

  function finish(wish) {
    if (!session.open) return;
    const modern = session.version === "2004";
    const spent = Date.now() - session.began;
    set("cmi.session_time", "cmi.core.session_time", duration(spent));
    set("cmi.exit", "cmi.core.exit", session.done ? (modern ? "normal" : "") : "suspend");
    if (wish) set("adl.nav.request", "", wish);
    save();
    session.open = false;
    call("Terminate", "LMSFinish", "");
  }

  function duration(milliseconds) {
    const hundredths = Math.max(0, Math.round(milliseconds / 10));
    const seconds = Math.floor(hundredths / 100);
    const rest = String(hundredths % 100).padStart(2, "0");
    if (session.version === "2004") return `PT${seconds}.${rest}S`;
    const two = (value) => String(value).padStart(2, "0");
    const hours = String(Math.floor(seconds / 3600)).padStart(4, "0");
    return `${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${rest}`;
  }

  /* "true", "false" or "unknown"; SCORM 1.2 knows no such thing. */
  function possible(request) {
    return get(`adl.nav.request_valid.${request}`, "");
  }

  // A hidden page may never come back (a telephone put away), so what is known is saved then.
  global.document.addEventListener("visibilitychange", () => {
    if (global.document.visibilityState === "hidden") save();
  });
  global.addEventListener("pagehide", () => finish());

  global.Sco = {
    start, keep, answer, goal, score, passed, completed, progress, finish, possible, save,
    get: (modern, old) => get(modern, old),
    set: (modern, old, value) => set(modern, old, value),
    version: () => session.version,
    isOpen: () => session.open,
  };
})(window);
