/** The script of the HTML report: a click on a column's head sorts by it. Without it the tables are as they are. */
export const script = `
for (const head of document.querySelectorAll('thead th')) {
  const button = document.createElement('button');
  button.textContent = head.textContent;
  head.replaceChildren(button);
  button.addEventListener('click', () => {
    const body = head.closest('table').tBodies[0];
    const column = head.cellIndex;
    const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
    const down = head.getAttribute('aria-sort') !== 'descending';
    const order = (a, b) => value(a).localeCompare(value(b), 'en', { numeric: true });
    const rows = [...body.rows].sort((a, b) => (down ? order(b, a) : order(a, b)));
    for (const other of head.parentNode.cells) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    body.append(...rows);
  });
}
`;
