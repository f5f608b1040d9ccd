/* Comforts only: every page works without this file. Nothing typed is kept anywhere. */
(function () {
  "use strict";
  var doc = document;

  function each(selector, act) {
    Array.prototype.forEach.call(doc.querySelectorAll(selector), act);
  }

  each("[data-count]", function (area) {
    var shown = doc.getElementById(area.getAttribute("data-count"));
    var mark = doc.documentElement.lang === "vi" ? "." : ",";
    var said = shown.parentNode.appendChild(doc.createElement("span"));
    var wait;
    said.className = "vh";
    said.setAttribute("role", "status");
    // Counted as a reader counts, not as the machine stores.
    function tell() {
      var text = area.value.normalize ? area.value.normalize("NFC") : area.value;
      var left = area.getAttribute("data-max") - text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, "x").length;
      var number = String(Math.abs(left)).replace(/\B(?=(\d{3})+$)/g, mark);
      shown.textContent = area.getAttribute(left < 0 ? "data-over" : "data-left").replace("%s", number);
      shown.classList.toggle("over", left < 0);
      clearTimeout(wait);
      wait = setTimeout(function () { said.textContent = left < 200 ? shown.textContent : ""; }, 999);
    }
    area.addEventListener("input", tell);
    tell();
  });

  each("[data-copy]", function (button) {
    var groups = [];
    each("#" + button.getAttribute("data-copy") + " li", function (li) { groups.push(li.textContent); });
    function put(event) {
      event.clipboardData.setData("text/plain", groups.join(button.hasAttribute("data-between") ? "\n" : "-"));
      event.preventDefault();
      button.textContent = button.getAttribute("data-done");
    }
    button.hidden = false;
    button.addEventListener("click", function () {
      doc.addEventListener("copy", put);
      doc.execCommand("copy");
      doc.removeEventListener("copy", put);
    });
  });

  // What stands behind "#" is never sent: it goes into the form, and out of the address.
  each("[data-from-address]", function (field) {
    if (location.hash.length > 1 && !field.value) {
      field.value = decodeURIComponent(location.hash.slice(1));
      history.replaceState(null, "", location.pathname);
    }
  });

  each("[data-print]", function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  // Quick exit takes the place of this page in the history.
  each("[data-exit]", function (link) {
    var presses = [];
    function leave(event) {
      event.preventDefault();
      doc.body.hidden = true;
      location.replace(link.href);
    }
    link.addEventListener("click", leave);
    doc.addEventListener("keydown", function (event) {
      presses = /^Esc/.test(event.key) ? presses.slice(-2).concat(Date.now()) : [];
      if (presses.length === 3 && presses[2] - presses[0] < 3000) { leave(event); }
    });
  });

  // A shared machine that is left alone says so, and then clears itself.
  each("[data-idle]", function (bar) {
    var warn = bar.querySelector("[data-warn]"), done = bar.querySelector("[data-done]").href, wait;
    function leave() { doc.body.hidden = true; location.replace(done); }
    function ask() {
      warn.hidden = false;
      wait = setTimeout(leave, bar.getAttribute("data-warning") * 1000);
    }
    function begin() {
      clearTimeout(wait);
      warn.hidden = true;
      wait = setTimeout(ask, bar.getAttribute("data-idle") * 1000);
    }
    each("[data-stay]", function (button) { button.addEventListener("click", begin); });
    ["keydown", "pointerdown", "touchstart", "wheel", "input"].forEach(function (name) {
      doc.addEventListener(name, begin, { passive: true });
    });
    window.addEventListener("pageshow", function (event) { if (event.persisted) { leave(); } });
    begin();
  });

  // A second press within eight seconds is a double click.
  each("form", function (form) {
    var sent = 0;
    form.addEventListener("submit", function (event) {
      if (Date.now() - sent < 8000) { event.preventDefault(); } else { sent = Date.now(); }
    });
    window.addEventListener("pageshow", function () { sent = 0; });
  });

  // An error inside closed details must be seen.
  each("details", function (box) { if (box.querySelector(".bad")) { box.open = true; } });
  each("#errors", function (box) { box.focus(); });
})();
