let f
try {
  f = () => late
  throw new Error()
  const late = 1
} catch {}
export default () => f()
