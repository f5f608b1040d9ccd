/* Taking out what is selected: in the letter, or in the field itself. The page works without it. */
(function () {
  "use strict";
  var doc = document;

  function isLetter(sign) { return !!sign && sign.toLowerCase() !== sign.toUpperCase() || /[0-9\u0300-\u036f]/.test(sign || ""); }

  // A selection that begins or ends inside a word means the whole word.
  function widened(text, start, end) {
    while (start < end && /\s/.test(text.charAt(start))) { start++; }
    while (end > start && /\s/.test(text.charAt(end - 1))) { end--; }
    while (start > 0 && isLetter(text.charAt(start - 1)) && isLetter(text.charAt(start))) { start--; }
    while (end < text.length && isLetter(text.charAt(end)) && isLetter(text.charAt(end - 1))) { end++; }
    return [start, end];
  }

  Array.prototype.forEach.call(doc.querySelectorAll("[data-redact]"), function (button) {
    var area = doc.getElementById(button.getAttribute("data-redact"));
    var gap = button.getAttribute("data-gap"), told = button.parentNode.querySelector("[data-redacted]");
    var marked = "";
    button.hidden = false;

    // Pressing the button may take the selection away, so it is remembered before.
    doc.addEventListener("selectionchange", function () {
      var chosen = String(window.getSelection()).trim();
      if (chosen && doc.activeElement !== area) { marked = chosen; }
    });

    function places() {
      var found = [], at;
      if (area.selectionEnd > area.selectionStart) { return [widened(area.value, area.selectionStart, area.selectionEnd)]; }
      for (at = marked ? area.value.indexOf(marked) : -1; at >= 0; at = area.value.indexOf(marked, at + marked.length)) {
        found.push(widened(area.value, at, at + marked.length));
      }
      return found;
    }

    button.addEventListener("click", function () {
      var found = places().reverse();
      found.forEach(function (place) {
        area.value = area.value.slice(0, place[0]) + gap + area.value.slice(place[1]);
      });
      marked = "";
      area.setSelectionRange(area.value.length, area.value.length);
      area.dispatchEvent(new Event("input", { bubbles: true }));
      told.textContent = button.getAttribute(found.length ? "data-done" : "data-empty");
    });
  });
})();
