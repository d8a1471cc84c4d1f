const it = {
  then(resolve) {
    resolve('taken')
  },
}
export default () => [typeof it.then]
