/* Shortcuts for lists and cases: never in a field, never with another key held, and off for whoever
   switched them off. Which cases a list held is remembered in this tab, until signing out. */
(function () {
  "use strict";
  var doc = document, sheet = doc.getElementById("keys");
  var box = sheet && sheet.querySelector("[data-keys]");

  function kept(store, name) { try { return store.getItem(name); } catch (error) { return null; } }
  function keep(store, name, value) { try { store.setItem(name, value); } catch (error) { return; } }
  function links() { return Array.prototype.slice.call(doc.querySelectorAll(".rows a.ti")); }
  function go(address) { if (address) { location.assign(address); } }
  if (!sheet) { return; }

  if (links().length) {
    keep(sessionStorage, "cases", JSON.stringify(links().map(function (link) { return link.pathname; })));
    keep(sessionStorage, "list", location.pathname + location.search);
  }
  doc.addEventListener("submit", function (event) {
    if (/\/sign-out$/.test(event.target.action)) { sessionStorage.clear(); }
  });

  box.parentNode.hidden = false;
  box.checked = kept(localStorage, "keys") !== "off";
  box.addEventListener("change", function () { keep(localStorage, "keys", box.checked ? "on" : "off"); });

  function row() { return doc.activeElement && doc.activeElement.closest(".rows tr"); }
  function move(step) {
    var found = links();
    if (found.length) {
      var here = row() && found.indexOf(row().querySelector("a.ti"));
      var next = typeof here === "number" && here >= 0 ? here + step : step > 0 ? 0 : -1;
      if (found[next]) { found[next].focus(); }
      return;
    }
    var cases = JSON.parse(kept(sessionStorage, "cases") || "[]");
    var place = cases.indexOf(location.pathname);
    if (place >= 0) { go(cases[place + step]); }
  }
  var acts = {
    j: function () { move(1); },
    k: function () { move(-1); },
    x: function () {
      var tick = row() && row().querySelector(".tick input");
      if (tick) { tick.checked = !tick.checked; }
    },
    n: function () {
      var claim = doc.querySelector("form[action$='/claim'] button");
      if (claim) { claim.click(); }
    },
    u: function () { if (!links().length) { go(kept(sessionStorage, "list")); } },
    "?": function () {
      sheet.open = true;
      sheet.querySelector("summary").focus();
    }
  };

  doc.addEventListener("keydown", function (event) {
    var at = event.target;
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) && !/^(checkbox|radio)$/.test(at.type);
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing) { return; }
    if (!box.checked || !Object.prototype.hasOwnProperty.call(acts, event.key)) { return; }
    event.preventDefault();
    acts[event.key]();
  });
}());
