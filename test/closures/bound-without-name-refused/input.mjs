function say() {}
const tell = say.bind(null)
delete tell.name

export default () => tell()
