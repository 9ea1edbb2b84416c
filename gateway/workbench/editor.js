// A text with line numbers, and lines of it that are marked.

const LINE = 20; // as in the style sheet

export class Editor {
  /** `onEdit` after a change by hand, `onPlace(line, byHand)` when another line is looked at. */
  constructor(host, { id, labelledBy, onEdit, onPlace }) {
    this.box = make("div", "editor");
    this.gutter = make("div", "gutter");
    this.gutter.setAttribute("aria-hidden", "true");
    this.numbers = make("div", "numbers");
    this.gutter.append(this.numbers);
    this.bands = make("div", "bands");
    this.text = make("textarea");
    this.text.id = `${id}-text`;
    this.text.wrap = "off";
    this.text.spellcheck = false;
    this.text.autocapitalize = "off";
    this.text.setAttribute("aria-labelledby", labelledBy);
    const field = make("div", "field");
    field.append(this.bands, this.text);
    this.box.append(this.gutter, field);
    host.append(this.box);
    this.marks = { lit: new Set(), left: new Set(), wrong: new Set() };
    this.lines = 0;
    this.text.addEventListener("input", () => { this.number(); onEdit(); });
    // A text that is only shown keeps its caret, so that it can be walked through.
    this.text.addEventListener("beforeinput", (event) => { if (this.shown) event.preventDefault(); });
    this.text.addEventListener("scroll", () => this.follow());
    this.text.addEventListener("mousemove", (event) => onPlace(this.lineAt(event), false));
    const caret = () => onPlace(this.caretLine(), true);
    for (const name of ["keyup", "mouseup", "focus"]) this.text.addEventListener(name, caret);
    this.number();
  }

  get value() { return this.text.value; }
  set value(text) {
    if (this.text.value === text) return;
    this.text.value = text;
    this.number();
    this.text.scrollTop = 0;
    this.follow();
  }

  /** Whether it is only shown. */
  show(only) {
    this.shown = only;
    this.text.setAttribute("aria-readonly", String(only));
    this.box.classList.toggle("shown", only);
  }

  caretLine() { return lineOf(this.text.value, this.text.selectionStart); }
  lineAt(event) { return Math.floor((event.offsetY + this.text.scrollTop - 6) / LINE) + 1; }

  /** Puts the caret there and shows it. */
  goTo(line, column = 1) {
    const start = startOf(this.text.value, line) + Math.max(0, column - 1);
    this.text.focus();
    this.text.setSelectionRange(start, start);
    this.reveal(line);
  }

  reveal(line) {
    const top = (line - 1) * LINE;
    if (top < this.text.scrollTop || top > this.text.scrollTop + this.text.clientHeight - 3 * LINE)
      this.text.scrollTop = Math.max(0, top - this.text.clientHeight / 3);
    this.follow();
  }

  /** kind: "lit", "left" or "wrong". */
  mark(kind, lines) {
    this.marks[kind] = new Set([...lines].filter((line) => line > 0));
    this.draw();
  }

  number() {
    const count = this.text.value.split("\n").length;
    if (count === this.lines) return;
    this.lines = count;
    this.plain = Array.from({ length: count }, (_, at) => at + 1).join("\n");
    this.draw();
  }

  draw() {
    this.numbers.textContent = this.plain;
    const bands = [];
    for (const kind of ["left", "lit", "wrong"])
      for (const line of this.marks[kind]) bands.push(at(make("div", `band ${kind}`), line));
    this.bands.replaceChildren(...bands);
    for (const line of this.marks.wrong) {
      const mark = at(make("div", "mark"), line);
      mark.textContent = `! ${line}`;
      this.numbers.append(mark);
    }
  }

  follow() {
    const shift = `translateY(${-this.text.scrollTop}px)`;
    this.numbers.style.transform = shift;
    this.bands.style.transform = shift;
  }
}

function make(name, className = "") {
  const element = document.createElement(name);
  element.className = className;
  return element;
}

function at(element, line) {
  element.style.top = `${(line - 1) * LINE}px`;
  return element;
}

export function lineOf(text, offset) {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

function startOf(text, line) {
  let start = 0;
  for (let number = 1; number < line; number += 1) {
    const end = text.indexOf("\n", start);
    if (end < 0) break;
    start = end + 1;
  }
  return start;
}
