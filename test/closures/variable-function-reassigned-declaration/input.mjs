function step() { step = () => 'second'; return 'first' }
function lazy() { const v = {}; lazy = () => v; return v }
export default () => [step(), step(), lazy() === lazy()]
