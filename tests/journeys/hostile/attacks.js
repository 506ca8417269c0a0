// What a hostile page tries. Each attack takes the address it wants to reach; what it achieves shows elsewhere: in the
// log of that address, in the browser's cookies, in the address bar. The same file runs where nothing forbids it.

const later = (ms) => new Promise((done) => setTimeout(done, ms));

function adds(tag, attributes, where = document) {
  const one = Object.assign(where.createElement(tag), attributes);
  where.body.append(one);
  return one;
}

async function framed(attributes) {
  const frame = document.createElement("iframe");
  const loaded = new Promise((done) => { frame.onload = done; });
  Object.assign(frame, attributes);
  document.body.append(frame);
  await Promise.race([loaded, later(1000)]);
  return frame;
}

/** A worker written on the spot: a program of its own, with a policy of its own if nobody sees to it. */
function worker(to) {
  new Worker(URL.createObjectURL(new Blob([`fetch(${JSON.stringify(to)}, { mode: "no-cors" })`])));
}

async function call(to) {
  const line = new RTCPeerConnection({ iceServers: [{ urls: to.replace("http://", "stun:").replace(/\/.*/, "") }] });
  line.createDataChannel("x");
  await line.setLocalDescription(await line.createOffer());
  await later(1500);
  line.close();
}

const sends = {
  fetch: (to) => fetch(to, { mode: "no-cors" }),
  post: (to) => fetch(to, { mode: "no-cors", method: "POST", body: "x", credentials: "include" }),
  keepalive: (to) => fetch(to, { mode: "no-cors", keepalive: true }),
  xhr: (to) => { const asked = new XMLHttpRequest(); asked.open("GET", to); asked.send(); },
  beacon: (to) => navigator.sendBeacon(to, "x"),
  socket: (to) => { new WebSocket(to.replace("http", "ws")); },
  events: (to) => { new EventSource(to); },
  picture: (to) => { new Image().src = to; },
  script: (to) => adds("script", { src: to }),
  style: (to) => adds("link", { rel: "stylesheet", href: to }),
  import: (to) => adds("style", { textContent: `@import url("${to}")` }),
  background: (to) => adds("p", { textContent: "x" }).style.setProperty("background", `url("${to}")`),
  font: (to) => { adds("style", { textContent: `@font-face{font-family:x;src:url("${to}")} .x{font-family:x}` }); adds("p", { className: "x", textContent: "x" }); },
  video: (to) => adds("video", { src: to, preload: "auto" }),
  object: (to) => adds("object", { data: to, type: "text/html" }),
  embed: (to) => adds("embed", { src: to, type: "text/html" }),
  prefetch: (to) => adds("link", { rel: "prefetch", href: to }),
  preload: (to) => adds("link", { rel: "preload", as: "image", href: to }),
  manifest: (to) => adds("link", { rel: "manifest", href: to }),
  icon: (to) => adds("link", { rel: "icon", href: to }),
  speculation: (to) => adds("script", { type: "speculationrules", textContent: JSON.stringify({ prefetch: [{ source: "list", urls: [to], eagerness: "immediate" }] }) }),
  ping: (to) => adds("a", { href: "#", ping: to }).click(),
  frame: (to) => framed({ src: to }),
  form: async (to) => { await framed({ name: "target" }); adds("form", { action: to, target: "target", method: "POST" }).submit(); },
  refreshed: (to) => framed({ srcdoc: `<meta http-equiv="refresh" content="0;url=${to}">` }),
  window: (to) => { open(to); },
  link: (to) => adds("a", { href: to, target: "_blank", rel: "opener" }).click(),
  newForm: (to) => adds("form", { action: to, target: "_blank", method: "POST" }).submit(),
  emptyFrame: async (to) => (await framed({})).contentWindow.fetch(to, { mode: "no-cors" }),
  srcdoc: (to) => framed({ srcdoc: `<img src="${to}">` }),
  dataFrame: (to) => framed({ src: `data:text/html,<img src="${to}">` }),
  blobFrame: (to) => framed({ src: URL.createObjectURL(new Blob([`<img src="${to}">`], { type: "text/html" })) }),
  missing: async (to) => (await framed({ src: "/c/no/such/page.html" })).contentWindow.fetch(to, { mode: "no-cors" }),
  refused: async (to) => (await framed({ src: "/rt/commit" })).contentWindow.fetch(to, { mode: "no-cors" }),
  text: async (to) => (await framed({ src: "imsmanifest.xml" })).contentWindow.fetch(to, { mode: "no-cors" }),
  around: (to) => parent.fetch(to, { mode: "no-cors" }),
  aroundPicture: (to) => adds("img", { src: to }, parent.document),
  aroundFrame: (to) => adds("iframe", { src: to }, parent.document),
  worker,
  call,
};

// These take the frame, or the frame around it, away.
const leaves = {
  self: (to) => { location.href = to; },
  parent: (to) => { parent.location.href = to; },
  refresh: (to) => document.head.append(Object.assign(document.createElement("meta"), { httpEquiv: "refresh", content: `0;url=${to}` })),
  sameWindow: (to) => { open(to, "_self"); },
  ownForm: (to) => adds("form", { action: to, method: "POST" }).submit(),
  click: (to) => adds("a", { href: to }).click(),
};

const tops = {
  location: (to) => { top.location.href = to; },
  open: (to) => { open(to, "_top"); },
  link: (to) => adds("a", { href: to, target: "_top" }).click(),
  form: (to) => adds("form", { action: to, target: "_top", method: "POST" }).submit(),
  sameOriginFrame: async (to) => { (await framed({ srcdoc: "<p>x</p>" })).contentWindow.eval(`top.location.href = ${JSON.stringify(to)}`); },
};

const registers = {
  here: () => navigator.serviceWorker.register("worker.js"),
  around: () => parent.navigator.serviceWorker.register(new URL("worker.js", location.href).href),
  emptyFrame: async () => (await framed({})).contentWindow.navigator.serviceWorker.register(new URL("worker.js", location.href).href),
  module: () => navigator.serviceWorker.register("worker.js", { type: "module", updateViaCache: "all" }),
};

async function tries(kind, name, to) {
  try {
    await kind[name](to);
    return "";
  } catch (error) {
    return String(error);
  }
}

/** What can be read: cookies, the pages around, what other packages have left behind. */
async function reads() {
  const found = [];
  const look = (name, what) => { try { if (what()) found.push(name); } catch { /* refused: as it should be */ } };
  look("cookie", () => document.cookie);
  look("page around", () => top.document.title);
  look("address around", () => top.location.href);
  look("opener", () => top.opener && top.opener.document.title);
  look("localStorage", () => localStorage.getItem("victim"));
  look("sessionStorage", () => sessionStorage.getItem("victim"));
  if ((await indexedDB.databases()).some(({ name }) => name === "victim")) found.push("IndexedDB");
  if (await caches.has("victim").catch(() => false)) found.push("caches");
  return found;
}

/** Everything of another package that can be put into a frame and looked into. */
async function looksInto(address) {
  const frame = await framed({ src: address });
  try {
    return frame.contentWindow.localStorage.getItem("victim") ?? frame.contentDocument.body.textContent;
  } catch {
    return "";
  }
}
