// What belongs together: a line of theirs, the rule that read it, and what became of it.

/** The place and value of every line of a document as the program lays it out. */
export function linesOfModel(text) {
  const stack = [{ place: "", array: false }];
  return text.split("\n").map((line) => {
    let rest = line.trim().replace(/,$/, "");
    const above = stack[stack.length - 1];
    if (/^[}\]]/.test(rest)) {
      if (stack.length > 1) stack.pop();
      return null;
    }
    let place = above.array ? `${above.place}[]` : above.place;
    const named = /^("(?:[^"\\]|\\.)*"):\s*(.*)$/.exec(rest);
    if (named) {
      place += (place ? "/" : "") + textOf(named[1]);
      rest = named[2];
    } else if (!above.array && rest !== "{") {
      return null;
    }
    if (rest === "{" || rest === "[") {
      stack.push({ place, array: rest === "[" });
      return { place, value: null };
    }
    return { place, value: textOf(rest) };
  });
}

function textOf(json) {
  try {
    const value = JSON.parse(json);
    return typeof value === "string" ? value : json;
  } catch {
    return json;
  }
}

const isSame = (told, whole) =>
  told === whole || (told.endsWith("…") && whole.startsWith(told.slice(0, -1)));

/** The line of a rule in its file, by the words of the report; 0 where it has none. */
export function lineOfRule(fate) {
  const found = /, line (\d+)$/.exec(fate.rule ?? "");
  return found ? Number(found[1]) : 0;
}

/** Adds to each fate the lines of the model that it became; each line is somebody's once. */
export function link(fates, model) {
  const byPlace = new Map();
  linesOfModel(model).forEach((line, at) => {
    if (!line || line.value === null) return;
    if (!byPlace.has(line.place)) byPlace.set(line.place, []);
    byPlace.get(line.place).push({ line: at + 1, value: line.value, taken: false });
  });
  return fates.map((fate) => ({
    ...fate,
    ruleLine: lineOfRule(fate),
    ourLines: (fate.into ?? []).map(({ place, value = "" }) => {
      const all = byPlace.get(place) ?? [];
      const one = all.find((line) => !line.taken && isSame(value, line.value));
      if (!one) return 0;
      one.taken = true;
      return one.line;
    }).filter((line) => line > 0),
  }));
}

/** Lines of the model that stand at or below one of the places. */
export function linesBelow(places, model) {
  const found = [];
  linesOfModel(model).forEach((line, at) => {
    if (line && places.some((place) => line.place === place || line.place.startsWith(`${place}/`) ||
                                       line.place.startsWith(`${place}[]`)))
      found.push(at + 1);
  });
  return found;
}

/** The line of an <include> or a <use> by which a file comes in; 0 if none names it. */
export function lineNaming(file, mapping) {
  const name = file.split("/").pop();
  return mapping.split("\n").findIndex((line) => line.includes(`/${name}"`) || line.includes(`"${name}"`)) + 1;
}
