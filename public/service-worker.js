// Answers for the network when there is none: a page that can't be had becomes the page /offline,
// at the address that was asked for, so that reloading it is trying again.
//
// It keeps that page with what it needs to look right, and nothing else: pages are somebody's own.
// They come from the network, redirects to Clerk's handshake and back included, and forms are not
// touched at all.

const PAGE = "/offline";
const CACHE = "offline";
const DAY_MS = 24 * 60 * 60 * 1000;

self.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  // The network does not wait for this script to start.
  const preload = self.registration.navigationPreload?.enable();
  event.waitUntil(Promise.all([preload, self.clients.claim()]));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(page(event));
  } else if (request.destination === "style" || request.destination === "font") {
    event.respondWith(fetch(request).catch((error) => kept(request, error)));
  }
});

async function page(event) {
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(event.request));
    event.waitUntil(keepUp(answer).catch(() => {}));
    return answer;
  } catch (error) {
    return kept(PAGE, error);
  }
}

/** What is kept for `request`; `error` is what happens when that is nothing. */
async function kept(request, error) {
  const found = await caches.match(request, { ignoreVary: true });
  if (!found) throw error;
  return found;
}

/** Keeps the page anew when it is of another language than `answer`, or of yesterday. */
async function keepUp(answer) {
  const language = answer.headers.get("content-language");
  if (!language) return;
  const old = (await caches.match(PAGE, { ignoreVary: true }))?.headers;
  const age = Date.now() - Date.parse(old?.get("date") ?? 0);
  if (old?.get("content-language") !== language || age > DAY_MS) await keep();
}

async function keep() {
  const answer = await fetch(PAGE, { cache: "no-store" });
  if (!answer.ok || answer.redirected) throw new Error(`${PAGE} answers ${answer.status}`);
  const html = await answer.clone().text();
  const links = html.matchAll(/<link\b[^>]*\bhref="([^"]+\.(?:css|woff2))"/g);
  const files = Array.from(links, ([, address]) => address);
  const cache = await caches.open(CACHE);
  await cache.addAll(files);
  await cache.put(PAGE, answer);
  // Those of the release before this one.
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname !== PAGE && !files.includes(pathname)) await cache.delete(request);
  }
}
