const step = (n, done) => setTimeout(() => done(null, n + 1), 0)
export default () => new Promise((resolve, reject) => {
  step(0, (error, a) => {
    if (error) return reject(error)
    step(a, (error, b) => (error ? reject(error) : resolve([a, b])))
  })
})
