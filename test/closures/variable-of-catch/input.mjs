const caught = (() => {
  try {
    throw new Error('why')
  } catch (thrown) {
    return () => thrown.message
  }
})()
export default caught
