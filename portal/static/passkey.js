/* Passkeys: asks the person's device and puts its answer into the form. Pages work without it. */
(function () {
  "use strict";
  var doc = document;
  if (!window.PublicKeyCredential || !window.Promise || !navigator.credentials) { return; }

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (sign) { return sign.charCodeAt(0); });
  }

  function letters(buffer) {
    var plain = "";
    Array.prototype.forEach.call(new Uint8Array(buffer), function (each) { plain += String.fromCharCode(each); });
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function named(list) {
    return (list || []).map(function (each) { return Object.assign({}, each, { id: bytes(each.id) }); });
  }

  function asked(options) {
    options.challenge = bytes(options.challenge);
    if (options.user) { options.user.id = bytes(options.user.id); }
    if (options.excludeCredentials) { options.excludeCredentials = named(options.excludeCredentials); }
    if (options.allowCredentials) { options.allowCredentials = named(options.allowCredentials); }
    return { publicKey: options };
  }

  function told(credential) {
    var answer = credential.response, response = { clientDataJSON: letters(answer.clientDataJSON) };
    ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (answer[name]) { response[name] = letters(answer[name]); }
    });
    return JSON.stringify({
      id: credential.id, rawId: letters(credential.rawId), type: credential.type, response: response,
      clientExtensionResults: {}
    });
  }

  Array.prototype.forEach.call(doc.querySelectorAll("[data-passkey]"), function (part) {
    var form = part.closest("form"), button = part.querySelector("button");
    var failed = part.querySelector("[data-failed]"), password = form.querySelector("[type=password]");
    part.hidden = false;
    if (form.parentNode.hasAttribute("data-passkey-part")) { form.parentNode.hidden = false; }
    button.addEventListener("click", function () {
      failed.textContent = "";
      if (password && !password.value) {
        failed.textContent = part.getAttribute("data-first");
        password.focus();
        return;
      }
      button.disabled = true;
      Promise.resolve()
        .then(function () { return asked(JSON.parse(part.getAttribute("data-options"))); })
        .then(function (wish) { return navigator.credentials[part.getAttribute("data-passkey")](wish); })
        .then(function (credential) {
          part.querySelector("[data-signed]").value = told(credential);
          form.submit();
        })
        .catch(function () {
          button.disabled = false;
          failed.textContent = failed.getAttribute("data-failed");
          button.focus();
        });
    });
  });
})();
