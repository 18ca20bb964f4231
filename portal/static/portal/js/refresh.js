// <section data-refresh="2">: the page is fetched again every so many seconds, until it no longer asks for that.
const place = (page) => page.querySelector(".work") || page.querySelector("main");
const seconds = () => Number(document.querySelector("[data-refresh]")?.dataset.refresh || 0);

async function refresh() {
  if (document.hidden) return later();
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [now, next] = [place(document), place(fresh)];
    if (answer.ok && now && next) now.replaceWith(next);
  } catch {
    // without a connection the next round tries again
  }
  later();
}

function later() {
  if (seconds()) setTimeout(refresh, seconds() * 1000);
}

later();
