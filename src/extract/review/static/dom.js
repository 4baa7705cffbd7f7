// Short ways to the elements of the page.

export const at = (id) => document.getElementById(id);

export function made(tag, content = "", className = "") {
  const element = document.createElement(tag);
  element.textContent = content;
  if (className) element.className = className;
  return element;
}
