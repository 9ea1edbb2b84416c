# cmake -DINPUT=file -DOUTPUT=file.cpp -DNAMESPACE=a::b -DFUNCTION=name -DHEADER=path -P embed_text.cmake
# Writes a source file whose function returns the text of a file, so that nothing is read at run time.
file(READ "${INPUT}" text)
set(parts "")
string(LENGTH "${text}" length)
set(at 0)
# Compilers bound the length of one literal; pieces are joined by the language.
while(at LESS length)
  string(SUBSTRING "${text}" ${at} 8000 piece)
  string(APPEND parts "R\"thahc(${piece})thahc\"\n")
  math(EXPR at "${at} + 8000")
endwhile()
file(WRITE "${OUTPUT}" "#include \"${HEADER}\"\n\nnamespace ${NAMESPACE} {\n\nstd::string_view ${FUNCTION}() noexcept {\n    return\n${parts};\n}\n\n}  // namespace ${NAMESPACE}\n")
