// What the monkey runs in a page of the extension. Each function stands alone, because it is sent there as text.

// Marks a visible control, chosen by a fraction, and says what it is. Left out are links to other places than the extension,
// and the button that prints: no program can end the browser's own dialogue.
export function controlAt(fraction) {
  const isOurs = (link) => link.href.baseVal !== undefined || link.href.startsWith(location.origin);
  const controls = [...document.querySelectorAll("a[href], button, summary, input, select, textarea")].filter((control) =>
    control.checkVisibility({ visibilityProperty: true }) && control.type !== "hidden" && !("print" in control.dataset) && (!control.href || isOurs(control)));
  document.querySelectorAll("[data-monkey]").forEach((marked) => marked.removeAttribute("data-monkey"));
  const control = controls[Math.floor(fraction * controls.length)];
  if (!control) return null;
  control.setAttribute("data-monkey", "");
  const { form, id, name = "", type = "", tagName } = control;
  const isField = control.matches("input:not([type=submit], [type=checkbox], [type=radio]), select, textarea");
  const text = (control.getAttribute("aria-label") ?? control.innerText ?? "").slice(0, 40);
  return {
    kind: tagName === "SELECT" ? "select" : isField ? "field" : "control", name, type, provider: form?.elements.provider?.value,
    what: `${tagName.toLowerCase()} ${form?.dataset.do ?? ""} ${id || name || JSON.stringify(text)}`.replace(/ +/g, " "),
  };
}

// Marks the field with this index of a visible form, chosen by a fraction, and says what it is; nothing after its last one.
// Most of the time the form is one of the place that is open, and not one of the head.
export function formAt({ at, index }) {
  const forms = [...document.querySelectorAll("form[data-do]")].filter((form) => form.checkVisibility({ visibilityProperty: true }));
  const main = forms.filter((form) => form.closest("main"));
  const [among, share] = main.length && at < 0.8 ? [main, at / 0.8] : [forms, at];
  const form = among[Math.floor(share * among.length)];
  const fields = [...(form?.elements ?? [])].filter(({ type }) => type !== "hidden" && type !== "fieldset");
  const field = [...fields.filter(({ type }) => type !== "submit"), ...fields.filter(({ type }) => type === "submit")][index];
  document.querySelectorAll("[data-monkey]").forEach((marked) => marked.removeAttribute("data-monkey"));
  if (!field) return null;
  field.setAttribute("data-monkey", "");
  const { id, name, type, tagName } = field;
  return {
    kind: type === "submit" ? "button" : tagName === "SELECT" ? "select" : "field", name, type, provider: form.elements.provider?.value,
    isHidden: !field.checkVisibility({ visibilityProperty: true }), what: `${form.dataset.do} ${id || name}`,
  };
}

// Puts a value into the marked field, as a paste does; a fraction chooses among options, and whether a box is ticked.
export function entered(value) {
  const field = document.querySelector("[data-monkey]");
  if (!field) throw new Error("the field is gone");
  field.focus();
  if (field.matches("select")) field.selectedIndex = Math.floor(value * field.options.length);
  else if (field.matches("[type=checkbox], [type=radio]")) field.checked = value < 0.5 || field.type === "radio";
  else field.value = value;
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
}

// Whether no form waits for its answer.
export const settled = () => !document.querySelector("[aria-busy=true]");

// The total that a section shows, or null.
export const total = (section) => document.querySelector(`${section} [popovertarget=why-total]`)?.innerText.trim() ?? null;

// What is wrong with a page: no heading, a placeholder that nobody filled, a secret in its HTML or its address.
export function inspect(secrets) {
  const wrong = [];
  const html = document.documentElement.outerHTML;
  const heading = [...document.querySelectorAll("h1")].find((heading) => heading.checkVisibility() && heading.innerText.trim());
  if (!heading) wrong.push("it has no heading");
  const unfilled = document.body.innerText.match(/\{[a-z_]*\}|__MSG_\w*|\bundefined\b|\bNaN\b|\[object \w*/);
  if (unfilled) wrong.push(`it shows ${unfilled[0]}`);
  for (const secret of secrets) {
    if (html.includes(secret)) wrong.push(`its HTML has ${secret}`);
    if (decodeURIComponent(location.href).includes(secret)) wrong.push(`its address has ${secret}`);
  }
  return { at: location.href, heading: heading?.innerText, wrong };
}
