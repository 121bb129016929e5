// Sorts tables by a click on a heading and filters long ones. The report is complete without it.
document.querySelectorAll('table[data-sort]').forEach(function (table) {
  var body = table.tBodies[0], rows = Array.from(body.rows);
  function value(row, column) {
    var cell = row.cells[column];
    return cell.dataset.v === undefined ? cell.textContent.trim() : parseFloat(cell.dataset.v);
  }
  table.querySelectorAll('thead th').forEach(function (th, column) {
    th.tabIndex = 0;
    function sort() {
      var down = th.getAttribute('aria-sort') !== 'descending';
      table.querySelectorAll('th').forEach(function (other) { other.removeAttribute('aria-sort'); });
      th.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      rows.slice().sort(function (a, b) {
        var x = value(a, column), y = value(b, column);
        var order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y));
        return down ? -order : order;
      }).forEach(function (row) { body.appendChild(row); });
    }
    th.addEventListener('click', sort);
    th.addEventListener('keydown', function (e) {
      if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); sort(); }
    });
  });
  if (rows.length > 8) {
    var input = document.createElement('input');
    input.type = 'search';
    input.className = 'filter';
    input.placeholder = document.documentElement.dataset.filter;
    input.setAttribute('aria-label', input.placeholder);
    input.addEventListener('input', function () {
      var word = input.value.trim().toLowerCase();
      rows.forEach(function (row) { row.hidden = word !== '' && row.textContent.toLowerCase().indexOf(word) < 0; });
    });
    table.parentNode.parentNode.insertBefore(input, table.parentNode);
  }
});
