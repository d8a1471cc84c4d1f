console.log(6)
