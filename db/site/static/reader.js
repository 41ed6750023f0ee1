/* Keys: / to the search box, j and k through a list, Enter to open. All works without. */
"use strict";

(function () {
  const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

  // A place of a long article may be on another page of it.
  const wanted = /^#([pq][0-9]+)$/.exec(location.hash);
  if (wanted && document.querySelector("[data-portion]") && !document.getElementById(wanted[1])) {
    const there = new URL(location.href);
    if (there.searchParams.get("at") !== wanted[1]) {
      there.searchParams.delete("page");
      there.searchParams.set("at", wanted[1]);
      location.replace(there);
    }
  }

  function items() {
    return Array.from(document.querySelectorAll("[data-results] [data-open]"));
  }

  function place(link) {
    return link.closest("li, tr") || link;
  }

  function move(by) {
    const links = items();
    if (!links.length) return;
    const at = links.findIndex((link) => place(link).classList.contains("current"));
    const next = Math.min(Math.max(at + by, 0), links.length - 1);
    links.forEach((link) => place(link).classList.remove("current"));
    place(links[next]).classList.add("current");
    links[next].focus({ preventScroll: true });
    place(links[next]).scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "/") {
      const box = document.querySelector("main form.search input[type=search]") || document.getElementById("q");
      event.preventDefault();
      box.focus();
      box.select();
    } else if (event.key === "j") {
      move(1);
    } else if (event.key === "k") {
      move(-1);
    }
  });

  // A copy button that cannot copy is no help: browsers let only pages of this machine do so.
  if (navigator.clipboard) {
    document.querySelectorAll("button[data-copy], button[data-copy-link]").forEach((button) => { button.hidden = false; });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-copy], button[data-copy-link]");
    if (!button) return;
    const text = button.dataset.copy
      ? document.getElementById(button.dataset.copy).textContent.trim()
      : new URL(button.dataset.copyLink, location.href).href;
    navigator.clipboard.writeText(text).then(() => {
      document.getElementById("copied").textContent = "Copied.";
    });
  });

  // A link may bring the token behind "#", which no server and no log sees; it is used and wiped.
  const signing = document.querySelector("form[data-token]");
  const brought = /^#token=(.+)$/.exec(location.hash);
  if (signing && brought) {
    history.replaceState(null, "", location.pathname + location.search);
    signing.elements.token.value = decodeURIComponent(brought[1]);
    signing.requestSubmit();
  }

  // Files dropped anywhere on the page go into its form.
  const dropping = document.querySelector("form[data-drop]");
  if (dropping) {
    const shown = document.documentElement.classList;
    document.addEventListener("dragover", (event) => {
      event.preventDefault();
      shown.add("dropping");
    });
    document.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) shown.remove("dropping");
    });
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      shown.remove("dropping");
      if (!event.dataTransfer.files.length) return;
      dropping.elements.file.files = event.dataTransfer.files;
      dropping.requestSubmit();
    });
    dropping.addEventListener("submit", () => {
      dropping.querySelector("[data-busy]").hidden = false;
    });
  }
})();
