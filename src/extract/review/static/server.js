// Asks the server, and tells what it refuses.

const token = document.querySelector('meta[name="review-token"]').content;

/** What the server has refused: `error` names the reason, `column` the field at fault. */
export class Refused extends Error {
  constructor(error, { detail = "", column = "", isStale = false } = {}) {
    super(detail || error);
    Object.assign(this, { error, detail, column, isStale });
  }
}

/** Returns what the server answers to a question, or with a `body` to a decision. Throws Refused. */
export async function ask(path, body) {
  const options = body && {
    method: "POST",
    headers: { "content-type": "application/json", "x-review-token": token },
    body: JSON.stringify(body),
  };
  let answer;
  try {
    answer = await fetch(path, { credentials: "same-origin", ...options });
  } catch {
    throw new Refused("gone");
  }
  if (answer.ok) return answer.json();
  if (answer.status === 403) throw new Refused("closed");
  const told = await answer.json().catch(() => ({ error: "other", detail: answer.statusText }));
  throw new Refused(told.error, { ...told, isStale: answer.status === 409 });
}
