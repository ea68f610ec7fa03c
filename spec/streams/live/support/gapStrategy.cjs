/** Says of each bar how many rows it lacks. */
module.exports = () => ({
  name: 'gaps',
  onBar: (bar) => [{ side: 'flat', note: `lacks ${bar.gap ?? 0}` }],
});
