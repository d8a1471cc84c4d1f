const blob = new Blob(['a'])
export default () => blob.size
