// Sorting tables by a click on a heading. The report is complete without it.
document.querySelectorAll('table[data-sort]').forEach(function (table) {
  table.querySelectorAll('thead th').forEach(function (th, column) {
    th.tabIndex = 0;
    function sort() {
      var down = th.getAttribute('aria-sort') !== 'descending', body = table.tBodies[0], rows = Array.from(body.rows);
      table.querySelectorAll('th').forEach(function (other) { other.removeAttribute('aria-sort'); });
      th.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      function value(row) {
        var cell = row.cells[column], v = cell.dataset.v;
        return v !== undefined ? parseFloat(v) : cell.textContent.trim();
      }
      rows.sort(function (a, b) {
        var x = value(a), y = value(b), order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y));
        return down ? -order : order;
      });
      rows.forEach(function (row) { body.appendChild(row); });
    }
    th.addEventListener('click', sort);
    th.addEventListener('keydown', function (e) { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); sort(); } });
  });
});
